/** The list of sinks: the state of each, its backlog and waiting time, and the reason if it fails. */
export class Sinks {
  #document;
  #section;
  #list;
  #items = new Map();

  constructor(document) {
    this.#document = document;
    this.#section = document.getElementById('sinks-section');
    this.#list = document.getElementById('sinks');
  }

  /** @param sinks the sinks of the status, sorted by name */
  show(sinks) {
    this.#section.hidden = sinks.length === 0;
    const names = sinks.map((sink) => sink.name);
    if ([...this.#items.keys()].join('\n') !== names.join('\n')) {
      this.#items = new Map(names.map((name) => [name, this.#item(name)]));
      this.#list.replaceChildren(...[...this.#items.values()].map(({ item }) => item));
    }
    for (const sink of sinks) {
      const { item, state, progress, error } = this.#items.get(sink.name);
      item.className = sink.state;
      write(state, sink.state);
      write(progress, waiting(sink));
      write(error, sink.reason ?? '');
      error.hidden = !sink.reason;
    }
  }

  #item(name) {
    const item = this.#document.createElement('li');
    const dot = this.#document.createElement('span');
    const words = this.#document.createElement('p');
    const title = this.#document.createElement('b');
    const state = this.#document.createElement('span');
    const progress = this.#document.createElement('p');
    const error = this.#document.createElement('p');
    item.dataset.sink = name;
    dot.className = 'dot';
    dot.setAttribute('aria-hidden', 'true');
    words.className = 'words';
    title.textContent = name;
    words.append(title, ' ', state);
    progress.className = 'more progress';
    error.className = 'more error';
    item.append(dot, words, progress, error);
    return { item, state, progress, error };
  }
}

function waiting(sink) {
  if (typeof sink.backlog !== 'number') {
    return 'The journal cannot be read';
  }
  const backlog = sink.backlog === 0
    ? 'No backlog'
    : `${plural(sink.backlog, 'event')} waiting, the oldest for ${elapsed(sink.waiting_seconds)}`;
  const refused = sink.dead_letters > 0 ? [plural(sink.dead_letters, 'dead letter')] : [];
  return [backlog, `${sink.delivered.toLocaleString('en')} delivered`, ...refused].join(' · ');
}

function plural(number, word) {
  return `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
}

/** A duration in its two largest units. */
function elapsed(seconds) {
  const parts = [
    [Math.floor(seconds / 86400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return first < 0
    ? 'less than 1 s'
    : parts.slice(first, first + 2).filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** Writes only changed text, so that the user's selection in unchanged text is kept. */
function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
