// Comfort only: every page works without it. The page names the hashed file, so that it can be cached for ever.
const { initAll } = await import(document.querySelector("script[data-govuk-frontend]").dataset.govukFrontend);
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
