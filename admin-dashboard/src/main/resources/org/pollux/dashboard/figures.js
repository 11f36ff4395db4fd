// Numbers as people read them, and distributions of times. Nothing here knows the page.

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

export function bytes(count) {
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** Three significant digits below 1000, whole numbers with thin spaces above. */
export function count(value) {
  if (value === 0) return "0";
  if (value < 10) return Number.isInteger(value) ? String(value) : value.toFixed(1);
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, "\u2009");
}

export function seconds(value) {
  if (value === null) return "–";
  const millis = value * 1000;
  if (millis < 0.1) return `${Math.round(millis * 1000)} µs`;
  if (millis < 10) return `${millis.toFixed(2)} ms`;
  if (millis < 1000) return `${millis.toFixed(0)} ms`;
  return `${value.toFixed(1)} s`;
}

export function age(value) {
  const days = Math.floor(value / 86400);
  const hours = Math.floor(value / 3600) % 24;
  const minutes = Math.floor(value / 60) % 60;
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  if (minutes > 0) return `${minutes} min ${Math.floor(value) % 60} s`;
  return `${Math.floor(value)} s`;
}

export const sum = (values) => values.reduce((a, b) => a + b, 0);

/** The buckets of several distributions together: a map of the upper limit in seconds to a number of times. */
export function together(distributions) {
  const buckets = new Map();
  for (const distribution of distributions) {
    for (const { upToSeconds, times } of distribution.buckets) {
      const limit = upToSeconds ?? Infinity;
      buckets.set(limit, (buckets.get(limit) ?? 0) + times);
    }
  }
  return buckets;
}

/** What came between two readings of the same buckets. */
export function since(now, before) {
  const between = new Map();
  for (const [limit, times] of now) between.set(limit, Math.max(0, times - (before.get(limit) ?? 0)));
  return between;
}

/** The seconds that a part of all does not exceed: the upper limit of its bucket; null when there were none. */
export function quantile(buckets, part) {
  const all = sum([...buckets.values()]);
  if (all === 0) return null;
  let below = 0;
  for (const limit of [...buckets.keys()].sort((a, b) => a - b)) {
    below += buckets.get(limit);
    if (below >= part * all) return Number.isFinite(limit) ? limit : 10;
  }
  return null;
}
