import "../styles/classes.css";

/** The pages of classes work without a script; this entry has their style, and charts of figures. */
const figures = [...document.querySelectorAll<HTMLElement>("[data-chart]")];
if (figures.length > 0) {
  void import("./classroom/charts").then(({ drawCharts }) => drawCharts(figures));
}
