/** Numbers, durations and elements, in the same way everywhere on the page. */

export function number(value) {
  return typeof value === 'number' ? value.toLocaleString('en') : '–';
}

export function decimal(value, unit) {
  return typeof value === 'number' ? `${value.toFixed(1)} ${unit}` : '–';
}

export function plural(count, word) {
  return `${number(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** A duration in its two largest units. */
export function elapsed(seconds) {
  const parts = [
    [Math.floor(seconds / 86400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [Math.floor(seconds) % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return first < 0
    ? 'less than 1 s'
    : parts.slice(first, first + 2).filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** A size in the largest unit of which there is at least one. */
export function bytes(size) {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = size;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** The time of day; with the date if it is not today. */
export function clock(iso) {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) {
    return iso ?? '–';
  }
  const today = time.toDateString() === new Date().toDateString();
  return today ? time.toLocaleTimeString() : time.toLocaleString();
}

/** Writes only changed text: a screen reader reads a rewritten status again, and a user's selection would be lost. */
export function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** An element with its class and text; null leaves either out. */
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  if (text !== null && text !== undefined) {
    made.textContent = text;
  }
  return made;
}

/** Shows a message, or hides its element if there is none. */
export function say(place, words) {
  write(place, words ?? '');
  place.hidden = !words;
}

/** Fills a list of choices, keeping the chosen one as long as it exists. */
export function offer(select, values) {
  const fixed = [...select.options].filter((option) => option.value === '').length;
  const present = [...select.options].slice(fixed).map((option) => option.value);
  if (present.join('\n') !== values.join('\n')) {
    const chosen = select.value;
    select.replaceChildren(...[...select.options].slice(0, fixed), ...values.map((value) => new Option(value, value)));
    if (chosen !== '' && values.includes(chosen)) {
      select.value = chosen;
    }
  }
}
