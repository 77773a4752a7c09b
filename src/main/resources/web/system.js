import { read } from './api.js';
import { bytes, elapsed, element, number, say } from './words.js';

const REFRESH = 5000;
const NOT_YET = 'not yet loaded';

/** The tab of the system: what runs, on what, and how long each step takes. */
export class System {
  #place;
  #message;
  #timer = 0;
  #shown = false;

  constructor(document) {
    this.#place = document.getElementById('system');
    this.#message = document.getElementById('system-message');
  }

  show() {
    this.#shown = true;
    this.#load();
  }

  hide() {
    this.#shown = false;
    clearTimeout(this.#timer);
  }

  status() {}

  async #load() {
    clearTimeout(this.#timer);
    try {
      this.#draw(await read('api/system'));
      say(this.#message, '');
    } catch (error) {
      say(this.#message, error.message);
    }
    if (this.#shown) {
      this.#timer = setTimeout(() => this.#load(), REFRESH);
    }
  }

  #draw(report) {
    const sections = [
      ['Machine', machine(report)],
      ['Memory and disk', storage(report)],
      ['Model', model(report.model)],
      ['Versions', facts(Object.entries(report.versions))],
      ['Threads', threads(report)],
      ['Time of each step', [...steps(report.steps), ...(report.hawtio ? [hawtio()] : [])]],
    ].map(([title, content], index) => {
      const section = element('section', index === 5 ? 'sheet full' : 'sheet');
      const heading = element('h3', null, title);
      heading.id = `system-${index}`;
      section.setAttribute('aria-labelledby', heading.id);
      section.append(heading, ...content);
      return section;
    });
    const scrolled = this.#place.querySelector('.scroll')?.scrollTop ?? 0;
    const focused = this.#place.contains(document.activeElement);
    this.#place.replaceChildren(...sections);
    const scroll = this.#place.querySelector('.scroll');
    if (scroll) {
      scroll.scrollTop = scrolled;
      if (focused) {
        scroll.focus({ preventScroll: true });
      }
    }
  }
}

function hawtio() {
  const words = element('p', 'quiet');
  const link = element('a', null, 'The Hawtio console');
  link.href = '/hawtio/';
  words.append(link, ' shows each route as a diagram with its counters.');
  return words;
}

function facts(pairs) {
  const list = element('dl', 'facts');
  for (const [name, value, className] of pairs.filter(([, each]) => each !== undefined && each !== null)) {
    const pair = element('div');
    pair.append(element('dt', null, name), element('dd', className, String(value)));
    list.append(pair);
  }
  return [list];
}

function machine({ machine: board, uptime_seconds: uptime }) {
  const now = board.throttled?.now ?? [];
  const earlier = (board.throttled?.since_start ?? []).filter((reason) => !now.includes(reason));
  return facts([
    ['Board', board.model],
    ['Linux', [board.kernel, board.architecture].filter((part) => part !== undefined).join(', ')],
    ['Processor cores', board.cores],
    ['Load (1 min)', board.load],
    ['Temperature', board.temperature === undefined ? undefined : `${board.temperature} °C`],
    ['Throttled', board.throttled === undefined ? undefined : now.join('; ') || 'no', now.length > 0 ? 'bad' : null],
    ['Throttled since the start', earlier.length > 0 ? earlier.join('; ') : undefined, 'warn'],
    ['Wayside runs for', elapsed(uptime)],
  ]);
}

function storage({ memory, disk }) {
  const share = disk.total ? `${bytes(disk.free)} free of ${bytes(disk.total)}` : disk.reason;
  return facts([
    ['Wayside, resident', memory.resident === undefined ? undefined : bytes(memory.resident)],
    ['Java heap', `${bytes(memory.heap_used)} of at most ${bytes(memory.heap_max)}`],
    ['Machine', memory.machine_total === undefined
      ? undefined
      : `${bytes(memory.machine_available)} available of ${bytes(memory.machine_total)}`],
    ['Disk of the journal', share, disk.total && disk.free < disk.total / 20 ? 'bad' : null],
  ]);
}

function model(card) {
  return facts([
    ['Name', card.name ?? NOT_YET],
    ['Licence', card.licence],
    ['Origin', card.origin],
    ['File', card.file],
    ['SHA-256', card.sha256],
    ['Input', card.input],
    ['Labels', card.labels],
    ['Score threshold', card.score_threshold],
    ['IoU threshold', card.iou_threshold],
    ['Interpreter threads', card.threads],
  ]);
}

function threads({ threads: all }) {
  const busiest = (all.busiest ?? []).map(({ name, cpu_ms: spent }) => [name, `${(spent / 1000).toFixed(1)} s`]);
  return [
    ...facts([['Running', `${all.live}, at most ${all.peak}`]]),
    ...(busiest.length > 0 ? [element('h4', null, 'Most processor time since the start'), ...facts(busiest)] : []),
  ];
}

/** Camel's -1 stands for a step that has never succeeded. */
function millis(value) {
  return value < 0 ? '–' : number(value);
}

/** The columns of the table of steps: the heading, and the value of a step. */
const COLUMNS = [
  ['Route', (step) => step.route],
  // Camel puts the number of the route before the ids of a template's steps.
  ['Step', (step) => step.step.replace(/^route-\d+(?=\D)/, '')],
  ['Messages', (step) => number(step.exchanges)],
  ['Failed', (step) => number(step.failed)],
  ['Mean ms', (step) => millis(step.mean_ms)],
  ['Longest ms', (step) => millis(step.max_ms)],
  ['Last ms', (step) => millis(step.last_ms)],
];

function steps(all) {
  const used = all.filter((step) => step.exchanges > 0);
  if (used.length === 0) {
    return [element('p', 'quiet', all.length === 0 ? 'JMX is off, so nothing is measured.' : 'No step has run yet.')];
  }
  const table = element('table');
  const head = element('tr');
  head.append(...COLUMNS.map(([title]) => {
    const cell = element('th', null, title);
    cell.scope = 'col';
    return cell;
  }));
  const top = element('thead');
  top.append(head);
  const body = element('tbody');
  body.append(...used.map((step) => {
    const row = element('tr');
    row.append(...COLUMNS.map(([, value]) => element('td', null, value(step))));
    return row;
  }));
  table.append(top, body);
  const scroll = element('div', 'scroll');
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', 'Time of each step');
  scroll.append(table);
  return [
    element('p', 'quiet', 'Since the start, in whole milliseconds, as Camel measures them. A step includes those inside it.'),
    scroll,
  ];
}
