"use strict";
// The page works without this; it draws the matrix.
(() => {
  const section = document.querySelector("#drawing"), canvas = section.querySelector("canvas"), pointed = section.querySelector("#pointed");
  const wide = 2, high = 4;
  const width = drawn.columns.length * wide, height = drawn.rows.length * high;
  const context = canvas.getContext("2d");
  const draw = () => {
    const style = getComputedStyle(document.documentElement), colour = (name) => style.getPropertyValue(name);
    const scale = window.devicePixelRatio || 1;
    canvas.width = width * scale; canvas.height = height * scale;
    canvas.style.width = width + "px"; canvas.style.height = height + "px";
    context.scale(scale, scale);
    // A band for every other feature shows where one ends.
    let feature = "", odd = false;
    context.fillStyle = colour("--tint");
    drawn.columns.forEach((id, i) => {
      const name = id.split("#")[0];
      if (name !== feature) { feature = name; odd = !odd; }
      if (odd) context.fillRect(i * wide, 0, wide, height);
    });
    let role = drawn.rows.length ? drawn.rows[0].role : "";
    drawn.rows.forEach((row, y) => {
      if (row.role !== role) {
        role = row.role;
        context.fillStyle = colour("--ink");
        context.fillRect(0, y * high, width, 1);
      }
      for (const [columns, name] of [[row.others, "--na"], [row.killers, "--passed"], [row.strays, "--failed"]]) {
        context.fillStyle = colour(name);
        for (const x of columns) context.fillRect(x * wide - 1, y * high, wide + 2, high - 1);
      }
    });
  };
  canvas.addEventListener("mousemove", (event) => {
    const x = Math.floor(event.offsetX / wide), row = drawn.rows[Math.floor(event.offsetY / high)];
    if (!row) return;
    const near = (columns) => columns.filter((c) => Math.abs(c - x) <= 2).sort((a, b) => Math.abs(a - x) - Math.abs(b - x))[0];
    for (const [columns, says] of [[row.strays, "unrelated, and fails"], [row.killers, "kills it"], [row.others, "fails too"]]) {
      const column = near(columns);
      if (column !== undefined) { pointed.textContent = row.fault + ": " + drawn.columns[column] + " " + says; return; }
    }
    pointed.textContent = row.fault + " (" + row.role + ")";
  });
  canvas.addEventListener("click", (event) => {
    const row = drawn.rows[Math.floor(event.offsetY / high)];
    if (row) location.hash = row.fault;
  });
  section.hidden = false;
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
