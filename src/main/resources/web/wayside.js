import { Connection } from './connection.js';
import { Counts } from './counts.js';
import { Events } from './events.js';
import { Panel } from './panel.js';
import { Picture } from './picture.js';
import { Sinks } from './sinks.js';
import { System } from './system.js';
import { Tabs } from './tabs.js';

const picture = new Picture(document);
const panel = new Panel(document);
const sinks = new Sinks(document);
const views = {
  live: picture,
  counts: new Counts(document),
  events: new Events(document),
  sinks,
  system: new System(document),
};
const tabs = new Tabs(document, views);

const connection = new Connection({
  status(status) {
    panel.showStatus(status, picture.camera);
    picture.cameras(status.cameras ?? []);
    sinks.status(status.sinks ?? []);
    views.counts.status(status);
    views.events.status(status);
  },
  detection(event, latency) {
    panel.takeEvent(event, picture.camera, latency);
    if (event.camera === picture.camera) {
      picture.size(event.frame);
    }
  },
  found() {
    panel.found();
    picture.found();
  },
  lost() {
    panel.lost();
    picture.lost();
  },
});

picture.onChoose = () => panel.chooseCamera(picture.camera);
tabs.onChoose = () => panel.chooseTab(tabs.chosen);
tabs.start();

// The stream never ends, so it starts after the page has loaded: otherwise the page would seem to load forever.
if (document.readyState === 'complete') {
  connection.open();
} else {
  addEventListener('load', () => connection.open(), { once: true });
}
