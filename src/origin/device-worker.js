// Runs in a worker thread: parsing a hostile User-Agent may take long, and must not hold up other requests.
// Plain JavaScript, because a worker is loaded without a build step, from src in tests and from dist in production.
import { createRequire } from 'node:module';
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

const require = createRequire(import.meta.url);
const tables = ['browsers', 'feed_readers', 'libraries', 'mediaplayers', 'mobile_apps', 'pim'];

/**
 * The names that stand in the library's tables as they are. Some of its entries copy a part of the agent into the name, and
 * an agent is a stranger's text: it could write sentences into mails and pages that people trust.
 */
const fixedNames = new Set(
  tables
    .flatMap(
      (table) =>
        /** @type {{ name: string }[]} */ (require(`node-device-detector/regexes/client/${table}.js`)),
    )
    .map(({ name }) => name)
    .filter((name) => !name.includes('$')),
);

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
      name: fixedNames.has(client.name) ? client.name : null,
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
