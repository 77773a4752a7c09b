import { read } from './api.js';
import { Chart, sample } from './chart.js';
import { element, offer, say, write } from './words.js';

const REFRESH = 15000;
/** The longest time that Wayside answers for, and the shortest that is worth a chart. */
const LONGEST = 32 * 86400;
const SHORTEST = 600;

/** The tab of the counts: a chart of one camera's objects over an hour, a day or a week, or any part of that. */
export class Counts {
  #document;
  #camera;
  #chart;
  #message;
  #answer = null;
  #zoom = null;
  #timer = 0;
  #shown = false;
  #asked = 0;

  constructor(document) {
    this.#document = document;
    this.#camera = document.getElementById('counts-camera');
    this.#message = document.getElementById('counts-message');
    this.#chart = new Chart(document.getElementById('chart'), document.getElementById('chart-words'));
    this.#chart.onZoom = (from, to) => this.#zoomTo(from, to);
    this.#camera.addEventListener('change', () => this.#draw());
    document.getElementById('counts-figure').addEventListener('change', () => this.#draw());
    document.getElementById('counts-range').addEventListener('change', () => this.#zoomTo(null));
    this.#on('chart-reset', () => this.#zoomTo(null));
    this.#on('chart-earlier', () => this.#move(-0.5, 1));
    this.#on('chart-later', () => this.#move(0.5, 1));
    this.#on('chart-in', () => this.#move(0, 0.5));
    this.#on('chart-out', () => this.#move(0, 2));
  }

  show() {
    this.#shown = true;
    this.#load();
  }

  hide() {
    this.#shown = false;
    clearTimeout(this.#timer);
  }

  status(status) {
    const cameras = new Set((status.cameras ?? []).map((camera) => camera.name));
    (this.#answer?.series ?? []).forEach((series) => cameras.add(series.camera));
    offer(this.#camera, [...cameras]);
  }

  #on(id, work) {
    this.#document.getElementById(id).addEventListener('click', work);
  }

  #choice(name) {
    return this.#document.querySelector(`input[name=${name}]:checked`).value;
  }

  #query() {
    return this.#zoom
      ? `from=${encodeURIComponent(this.#zoom.from)}&to=${encodeURIComponent(this.#zoom.to)}`
      : `range=${this.#choice('range')}`;
  }

  async #load() {
    clearTimeout(this.#timer);
    const query = this.#query();
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const answer = await read(`api/counts?${query}`);
      if (asked !== this.#asked) {
        return;
      }
      this.#answer = answer;
      this.#offerCameras();
      this.#draw();
    } catch (error) {
      say(this.#message, error.message);
    }
    if (this.#shown && asked === this.#asked) {
      this.#timer = setTimeout(() => this.#load(), REFRESH);
    }
  }

  #offerCameras() {
    const present = [...this.#camera.options].map((option) => option.value);
    offer(this.#camera, [...new Set([...present, ...this.#answer.series.map((series) => series.camera)])]);
  }

  #draw() {
    if (!this.#answer) {
      return;
    }
    const { from, to, seconds } = this.#answer;
    const figure = this.#choice('figure');
    const camera = this.#camera.value;
    const series = this.#answer.series.filter((each) => each.camera === camera);
    const times = [];
    for (let time = Date.parse(from) / 1000; time < Date.parse(to) / 1000; time += seconds) {
      times.push(time);
    }
    const lines = series.map((each) => {
      const known = new Map(each.points.map((point) => [Date.parse(point.time) / 1000, point]));
      return { label: each.label, points: known, values: times.map((time) => known.get(time)?.[figure] ?? null) };
    });
    this.#document.getElementById('counts-csv').href = `api/counts.csv?${this.#query()}&camera=${encodeURIComponent(camera)}`;
    this.#document.getElementById('chart-reset').disabled = this.#zoom === null;
    write(this.#document.getElementById('chart-title'), `${figure === 'average' ? 'Average' : 'Largest'} number in view, per `
      + `${span(seconds)}`);
    say(this.#message, lines.length > 0 ? '' : camera ? `Camera ${camera} has no counted events in this time.` : 'No camera has counted events yet.');
    this.#totals(series, figure);
    this.#table(times, lines);
    this.#chart.draw(times, lines, figure);
  }

  #totals(series, figure) {
    const tiles = series.map(({ label, points }, index) => {
      const frames = points.reduce((sum, point) => sum + point.frames, 0);
      const total = points.reduce((sum, point) => sum + point.frames * point.average, 0);
      const tile = element('li');
      tile.dataset.label = label;
      const name = element('span', 'name');
      name.append(sample(label, index), label);
      const most = Math.max(...points.map((point) => point.maximum));
      tile.append(
        name,
        element('span', 'number', figure === 'average' ? (total / frames).toFixed(2) : String(most)),
        element('span', 'quiet', figure === 'average'
          ? `average of ${frames.toLocaleString('en')} frames`
          : `largest in ${frames.toLocaleString('en')} frames`),
      );
      return tile;
    });
    this.#document.getElementById('counts-totals').replaceChildren(...tiles);
  }

  #table(times, lines) {
    const [head, body] = this.#document.getElementById('counts-table').children;
    const heading = (text) => {
      const cell = element('th', null, text);
      cell.scope = 'col';
      return cell;
    };
    const top = element('tr');
    top.append(heading('From'), ...lines.flatMap(({ label }) => [heading(`${label}, average`), heading(`${label}, maximum`)]));
    head.replaceChildren(top);
    body.replaceChildren(...times.filter((time) => lines.some(({ points }) => points.has(time))).reverse().map((time) => {
      const row = element('tr');
      row.append(element('td', null, new Date(time * 1000).toLocaleString()));
      for (const { points } of lines) {
        const point = points.get(time);
        row.append(element('td', null, String(point?.average ?? '–')), element('td', null, String(point?.maximum ?? '–')));
      }
      return row;
    }));
  }

  /** Moves the shown time by a part of its length, and makes it longer or shorter around its middle. */
  #move(by, scale) {
    if (this.#answer) {
      const from = Date.parse(this.#answer.from) / 1000;
      const to = Date.parse(this.#answer.to) / 1000;
      const length = Math.min(LONGEST, Math.max(SHORTEST, (to - from) * scale));
      const middle = (from + to) / 2 + (to - from) * by;
      this.#zoomTo(middle - length / 2, middle + length / 2);
    }
  }

  #zoomTo(from, to) {
    const iso = (time) => new Date(Math.round(time) * 1000).toISOString();
    if (from === null) {
      this.#zoom = null;
    } else {
      const least = Math.max(0, SHORTEST - (to - from)) / 2;
      this.#zoom = { from: iso(from - least), to: iso(to + least) };
    }
    this.#load();
  }
}

function span(seconds) {
  const minutes = seconds / 60;
  const hours = minutes / 60;
  const [count, unit] = hours >= 1 ? [hours, 'hour'] : [minutes, 'minute'];
  return count === 1 ? unit : `${count} ${unit}s`;
}
