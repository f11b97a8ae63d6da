// Before the first paint, so that no page flashes in another theme. Templates cannot reach <html>.
document.documentElement.dataset.theme = document.currentScript.dataset.theme;
