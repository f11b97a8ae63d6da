import {
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartType,
  DoughnutController,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { followTheme } from "../../terminal/page_theme";
import { make } from "./elements";

Chart.register(ArcElement, BarController, BarElement, CategoryScale, DoughnutController);
Chart.register(LinearScale, LineController, LineElement, PointElement, Tooltip);

const KINDS: readonly string[] = ["bar", "doughnut", "line"];
const MOST_SHOWN = 20;
const ROW_PX = 28;
const COLOURS = ["--accent", "--bad", "--warn", "--busy", "--dim", "--line-strong"] as const;

/** Beside each table of counts, a chart that says the same. Screen readers read the table. */
export function drawCharts(figures: Iterable<HTMLElement>): void {
  const charts: Chart[] = [];
  followTheme(() => {
    for (const chart of charts.splice(0)) chart.destroy();
    for (const figure of figures) {
      const chart = draw(figure);
      if (chart) charts.push(chart);
    }
  });
}

function draw(figure: HTMLElement): Chart | null {
  const kind = figure.dataset.chart ?? "";
  const rows = [...figure.querySelectorAll("tbody tr")].slice(0, MOST_SHOWN);
  if (!KINDS.includes(kind) || rows.length === 0) return null;
  const cell = (row: Element, at: number) => row.children[at]?.textContent?.trim() ?? "";
  const labels = rows.map((row) => cell(row, 0));
  const counts = rows.map((row) => Number(cell(row, 1)));
  const canvas = make("canvas", { "aria-hidden": "true" });
  const box = make("div", { class: "chart" }, canvas);
  const isBar = kind === "bar";
  if (isBar) box.style.height = `${rows.length * ROW_PX + 40}px`;
  figure.querySelector(".chart")?.remove();
  figure.append(box);
  const colour = (name: string) => shade(figure, name);
  const many = COLOURS.map(colour);
  const one = colour("--accent");
  const fill = kind === "doughnut" ? labels.map((_, at) => many[at % many.length] ?? one) : one;
  const edge = kind === "doughnut" ? colour("--bg") : one;
  return new Chart(canvas, {
    type: kind as ChartType,
    data: { labels, datasets: [{ data: counts, backgroundColor: fill, borderColor: edge }] },
    options: {
      animation: false,
      maintainAspectRatio: false,
      ...(isBar ? { indexAxis: "y" as const } : {}),
      ...(kind === "doughnut" ? {} : { scales: scales(colour("--dim"), colour("--line")) }),
    },
  });
}

function scales(text: string, line: string) {
  const whole = { color: text, precision: 0 };
  const axis = { ticks: whole, grid: { color: line }, beginAtZero: true };
  return { x: axis, y: axis };
}

/** A colour of the page, as a canvas takes it. */
function shade(element: HTMLElement, name: string): string {
  const probe = make("span", { hidden: true });
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
