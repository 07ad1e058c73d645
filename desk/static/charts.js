/* Draws the numbers of a table: <figure class="chart" data-kind="bar|line|stacked"> holds a <canvas> and the table.
   A column becomes a series; a cell's `data-value` is its number. Without this file the table is all there is. */
"use strict";
(() => {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  const colours = ["--accent", "--chart-2", "--chart-3", "--chart-4", "--chart-5", "--chart-6"].map(of);

  function draw(figure) {
    const [, ...heads] = figure.querySelectorAll("thead th");
    const rows = [...figure.querySelectorAll("tbody tr")];
    const kind = figure.dataset.kind;
    const series = heads.map((head, column) => ({
      label: head.textContent.trim(),
      data: rows.map((row) => Number(row.children[column + 1]?.dataset.value ?? NaN)),
      backgroundColor: colours[column % colours.length],
      borderColor: colours[column % colours.length],
      borderWidth: kind === "line" ? 2 : 0,
      pointRadius: 3,
      maxBarThickness: 72,
    }));
    const axis = (more) => ({ ticks: { color: of("--faint") }, grid: { color: of("--line") }, ...more });
    const isStacked = kind === "stacked";
    figure.querySelector(".drawing").hidden = false;
    new Chart(figure.querySelector("canvas"), {
      type: kind === "line" ? "line" : "bar",
      data: { labels: rows.map((row) => row.children[0].textContent.trim()), datasets: series },
      options: {
        animation: false,
        maintainAspectRatio: false,
        indexAxis: kind !== "line" && rows.length > 8 ? "y" : "x",
        scales: { x: axis({ stacked: isStacked, beginAtZero: true }), y: axis({ stacked: isStacked, beginAtZero: true }) },
        plugins: { legend: { display: series.length > 1, labels: { color: of("--ink") } } },
      },
    });
  }

  document.querySelectorAll("figure.chart").forEach(draw);
})();
