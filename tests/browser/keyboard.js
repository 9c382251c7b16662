// What is wrong with how the focus shows itself. Its look is compared with the look of the same element without it.
() => {
  const element = document.activeElement;
  const looks = () =>
    [element, ...(element.labels ?? [])].flatMap((each) => [null, "::before"].map((part) => {
      const { outline, boxShadow, backgroundColor, borderColor } = getComputedStyle(each, part);
      return outline + boxShadow + backgroundColor + borderColor;
    })).join();

  const focused = looks();
  element.blur();
  const plain = looks();
  element.focus({ preventScroll: true, focusVisible: true });
  const name = element.textContent.trim() || element.name || element.tagName;
  if (focused === plain) return `the focus cannot be seen on ${name}`;

  const box = element.getClientRects()[0];
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2];
  const above = document.elementFromPoint(x, y);
  const own = [element, ...(element.labels ?? [])];
  if (!above || !own.some((each) => each.contains(above) || above.contains(each))) return `${name} is hidden behind something`;
  return null;
}
