import { Connection } from './connection.js';
import { Panel } from './panel.js';
import { Picture } from './picture.js';

const panel = new Panel(document);
const picture = new Picture(document);

const connection = new Connection({
  status(status) {
    panel.showStatus(status, picture.camera);
    picture.cameras(status.cameras ?? []);
  },
  detection(event) {
    panel.takeEvent(event, picture.camera);
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

// The stream never ends, so it starts after the page has loaded: otherwise the page would seem to load forever.
if (document.readyState === 'complete') {
  connection.open();
} else {
  addEventListener('load', () => connection.open(), { once: true });
}
