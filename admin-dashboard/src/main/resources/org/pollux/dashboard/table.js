// Fills tables and lists without replacing what has not changed, so that the focus, a selection and a screen reader stay.

export function text(node, value) {
  if (node.textContent !== value) node.textContent = value;
}

export function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

/** Keeps one child per item, in their order: make() builds it, fill() brings it up to date. */
export function keep(parent, items, key, make, fill) {
  const present = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let next = parent.firstElementChild;
  for (const item of items) {
    const name = key(item);
    let child = present.get(name);
    if (child === undefined) {
      child = make(item);
      child.dataset.key = name;
    }
    present.delete(name);
    if (child === next) {
      next = next.nextElementSibling;
    } else {
      parent.insertBefore(child, next);
    }
    fill(child, item);
  }
  for (const gone of present.values()) gone.remove();
}

/**
 * Fills the body of a table. A row has cells {value, number, wide, state}, the first of which is its heading; or a group, which is a
 * heading over all columns; or a problem, which is a line below the row before.
 */
export function table(id, rows, nothing) {
  const body = document.querySelector(`#${id} tbody`);
  const columns = document.querySelectorAll(`#${id} thead th`).length;
  const shown = rows.length > 0 ? rows : [{ key: "nothing", problem: nothing, kind: "empty" }];
  keep(body, shown, (row) => row.key, (row) => make(row, columns), fill);
}

function make(row, columns) {
  const line = element("tr");
  if (row.group !== undefined) {
    line.className = "group";
    line.append(element("th", { scope: "rowgroup", colSpan: columns }));
  } else if (row.problem !== undefined) {
    line.className = row.kind ?? "problem";
    line.append(element("td", { colSpan: columns }));
  } else {
    row.cells.forEach((_, index) => line.append(element(index === 0 ? "th" : "td", index === 0 ? { scope: "row" } : {})));
  }
  return line;
}

function fill(line, row) {
  if (row.cells === undefined) {
    text(line.firstElementChild, row.group ?? row.problem);
    return;
  }
  row.cells.forEach((cell, index) => {
    const place = line.children[index];
    const name = [cell.number && "number", cell.wide && "wide", cell.style].filter(Boolean).join(" ");
    if (place.className !== name) place.className = name;
    if (cell.content === undefined) {
      text(place, String(cell.value));
    } else {
      cell.content(place);
    }
  });
}

export const word = (value, more = {}) => ({ value, ...more });
export const number = (value, more = {}) => ({ value, number: true, ...more });
export const state = (value) => ({ value, style: `state-${value}` });
