// What a reader would see go wrong on the page as it is laid out now.
() => {
  const faults = [];
  const page = document.documentElement;
  const all = [...document.querySelectorAll("body *:not(svg):not(svg *)")];
  const name = (element) =>
    `${element.tagName.toLowerCase()}.${[...element.classList].join(".")} “${element.textContent.trim().slice(0, 40)}”`;

  if (page.scrollWidth > page.clientWidth) {
    const over = all.filter((each) => each.getBoundingClientRect().right > page.clientWidth + 1).slice(0, 3);
    faults.push(`scrolls sideways, ${page.scrollWidth} in ${page.clientWidth} px: ${over.map(name).join(", ")}`);
  }
  for (const each of all) {
    const { display, overflowX, overflowY } = getComputedStyle(each);
    if (display === "inline" || each.clientWidth < 2 || each.clientHeight < 2) continue;
    const wide = each.scrollWidth > each.clientWidth + 2;
    const high = each.scrollHeight > each.clientHeight + 2;
    if (["hidden", "clip"].includes(overflowX) && wide) faults.push(`is cut off at the side: ${name(each)}`);
    if (["hidden", "clip"].includes(overflowY) && high) faults.push(`is cut off below: ${name(each)}`);
    if (overflowX === "visible" && wide && ["TD", "TH", "BUTTON", "LI", "DD"].includes(each.tagName)) {
      faults.push(`runs out of its box, ${each.scrollWidth} in ${each.clientWidth} px: ${name(each)}`);
    }
  }
  return faults;
}
