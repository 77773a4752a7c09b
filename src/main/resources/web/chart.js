import { element, write } from './words.js';

/** Lines that differ in more than colour, for the first labels of a chart. */
const DASHES = [[], [9, 4], [2, 3], [12, 3, 2, 3]];
const COLOURS = {
  light: { car: '#15803d', person: '#c81e1e', others: ['#1d4ed8', '#a16207', '#7e22ce', '#0e7490'] },
  dark: { car: '#4ade80', person: '#ff7b72', others: ['#79b8ff', '#f2cc60', '#d2a8ff', '#56d4dd'] },
};
const HEIGHT = 280;

/** The colour of a label's line, with enough contrast to the background: green for cars and red for people, as in the picture. */
export function lineColour(label, index) {
  const colours = COLOURS[isDark() ? 'dark' : 'light'];
  return colours[label] ?? colours.others[index % colours.others.length];
}

/** The dashes of the line of a label, as in the chart. */
export function dashes(index) {
  return DASHES[index % DASHES.length];
}

/** Lines over time. The library is loaded when the first chart is drawn. */
export class Chart {
  /** Called with the beginning and the end, in seconds of Unix time, when the user has marked a part. */
  onZoom = () => {};

  #place;
  #words;
  #plot = null;
  #drawn = null;

  /** @param place the element for the chart, @param words that for the values below the pointer */
  constructor(place, words) {
    this.#place = place;
    this.#words = words;
    new ResizeObserver(() => this.#fit()).observe(place);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#drawn && this.draw(...this.#drawn));
  }

  /**
   * @param times in seconds of Unix time
   * @param lines each with its label and values, null where there is none
   * @param figure average or maximum
   */
  async draw(times, lines, figure) {
    this.#drawn = [times, lines, figure];
    const { default: UPlot } = await import('./uplot.js');
    if (this.#drawn[0] !== times || this.#place.clientWidth === 0) {
      return;
    }
    this.#plot?.destroy();
    this.#place.replaceChildren();
    this.#plot = new UPlot(this.#options(lines, figure, UPlot), [times, ...lines.map((line) => line.values)], this.#place);
    this.#place.setAttribute('role', 'img');
    this.#place.setAttribute('aria-label', `Chart of the ${figure} number in view of: ${lines.map((line) => line.label).join(', ')}. `
      + 'The same figures are in the table below.');
  }

  #options(lines, figure) {
    const style = getComputedStyle(this.#place);
    const soft = style.getPropertyValue('--soft').trim();
    const axis = {
      stroke: soft,
      font: '12px system-ui, sans-serif',
      grid: { stroke: style.getPropertyValue('--line').trim(), width: 1 },
      ticks: { show: false },
    };
    return {
      width: this.#place.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
      scales: { y: { range: (plot, least, most) => [0, most > 0 ? most * 1.1 : 1] } },
      padding: [12, 28, 0, 0],
      axes: [{ ...axis, size: 32, space: 64, values: (plot, times) => times.map(stamp) }, { ...axis, size: 44, space: 40 }],
      series: [{}, ...lines.map((line, index) => ({
        label: line.label,
        stroke: lineColour(line.label, index),
        width: 2,
        dash: dashes(index),
        points: { show: line.values.filter((value) => value !== null).length < 3 },
      }))],
      hooks: {
        setCursor: [(plot) => this.#tell(plot, lines, figure)],
        setSelect: [(plot) => this.#select(plot)],
      },
    };
  }

  #tell(plot, lines, figure) {
    const at = plot.cursor.idx;
    const time = at === null || at === undefined ? undefined : plot.data[0][at];
    write(this.#words, time === undefined
      ? 'Drag over a part of the chart to zoom in.'
      : `${new Date(time * 1000).toLocaleString()}: ${lines.map((line) => `${line.label} ${line.values[at] ?? 'no frame'}`).join(', ')} (${figure})`);
  }

  #select(plot) {
    const { left, width } = plot.select;
    if (width > 8) {
      this.onZoom(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
    }
  }

  #fit() {
    if (this.#place.clientWidth === 0) {
      return;
    }
    if (this.#plot) {
      this.#plot.setSize({ width: this.#place.clientWidth, height: HEIGHT });
    } else if (this.#drawn) {
      this.draw(...this.#drawn);
    }
  }
}

/** A short piece of a label's line, for its tile. */
export function sample(label, index) {
  const made = element('span', `sample dash-${index % DASHES.length}`);
  made.style.setProperty('--colour', lineColour(label, index));
  made.setAttribute('aria-hidden', 'true');
  return made;
}

/** The time of day, or the day at midnight, as this browser writes them. */
function stamp(seconds) {
  const time = new Date(seconds * 1000);
  return time.getHours() === 0 && time.getMinutes() === 0
    ? time.toLocaleDateString(undefined, { month: 'short', day: 'numeric' })
    : time.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

function isDark() {
  return matchMedia('(prefers-color-scheme: dark)').matches;
}
