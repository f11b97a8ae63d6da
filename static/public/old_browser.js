// Tells users of old browsers that the page will not work. Such browsers read this file, so it is
// written in the language of 2009, and uses no function without asking for it.
(function () {
  var css = window.CSS;
  var modules = "noModule" in document.createElement("script");
  // The newest function of all that the site needs: see vite.config.ts.
  var colours = !!css && !!css.supports && css.supports("color", "light-dark(red, red)");
  if (modules && colours) return;
  function tell() {
    var sentence = document.getElementById("old-browser");
    if (sentence) sentence.removeAttribute("hidden");
  }
  if (document.getElementById("old-browser")) tell();
  else if (document.addEventListener) document.addEventListener("DOMContentLoaded", tell);
  else window.onload = tell;
})();
