// Runs in a worker thread: parsing a hostile User-Agent may take long, and must not hold up other requests.
// Plain JavaScript, because a worker is loaded without a build step, from src in tests and from dist in production.
import { parentPort } from 'node:worker_threads';
import * as library from 'node-device-detector';

// The package is CommonJS and its typings say otherwise.
const DeviceDetector = /** @type {any} */ (library).default;

const detector = new DeviceDetector({
  clientIndexes: true,
  deviceIndexes: true,
  osIndexes: true,
  clientVersionTruncate: 1,
  osVersionTruncate: 1,
});

/** Parsing the device is by far the slowest part, and says nothing about most desktops. */
const smellsOfDevice = /mobile|phone|android|ipad|tablet|tv|console|playstation|xbox|nintendo|kindle|silk/i;

/** Systems that run on desks, when a browser says nothing of a device. */
const desktopFamilies = new Set(['Windows', 'Mac', 'GNU/Linux', 'Chrome OS']);

/** @param {string | false | undefined} value */
const orNull = (value) => value || null;

/** @param {string} userAgent */
function parse(userAgent) {
  const os = detector.parseOs(userAgent) ?? {};
  const client = detector.parseClient(userAgent) ?? {};
  const device = smellsOfDevice.test(userAgent) ? detector.parseDevice(userAgent, client) : {};
  const onDesk = client.type === 'browser' && desktopFamilies.has(os.family);
  return {
    os: { code: orNull(os.short_name), name: orNull(os.name), version: orNull(os.version) },
    client: {
      type: orNull(client.type),
      code: orNull(client.short_name),
      name: orNull(client.name),
      version: orNull(client.version),
      engine: orNull(client.engine),
      // Blink's version is the browser's own once more.
      engineVersion: client.engine === 'Blink' ? null : orNull(client.engine_version),
    },
    device: {
      name: orNull(device.type || (onDesk && 'desktop')),
      brand: orNull(device.brand),
      model: orNull(device.model),
    },
  };
}

// The tables are read at the first parse; who waits for an answer waits for it from here on.
parse('warm-up/1.0');
parentPort?.on('message', (/** @type {{ agent: string }} */ { agent }) => {
  parentPort?.postMessage({ agent, device: parse(agent) });
});
