import jsQR from 'jsqr';

const scale = 6;

/** Reads a QR code as a camera would, from the picture that the data URL holds. */
export function readQrCode(dataUrl: string): string | undefined {
  const svg = Buffer.from(dataUrl.replace('data:image/svg+xml;base64,', ''), 'base64').toString();
  const size = Number(/viewBox="0 0 (\d+) \d+"/.exec(svg)?.[1]);
  const dark = new Set<number>();
  let [x, y] = [0, 0];
  // The dark modules are strokes: M moves, m moves on, h draws to the right.
  for (const [, command, a = '0', b = '0'] of (/stroke="#000000" d="([^"]+)"/.exec(svg)?.[1] ?? '').matchAll(
    /([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?/g,
  )) {
    if (command === 'M') [x, y] = [Number(a), Math.floor(Number(b))];
    else if (command === 'm') [x, y] = [x + Number(a), y + Number(b)];
    else for (let end = x + Number(a); x < end; x += 1) dark.add(y * size + x);
  }
  const width = size * scale;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let row = 0; row < width; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if (!dark.has(Math.floor(row / scale) * size + Math.floor(column / scale))) continue;
      pixels.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  }
  return (jsQR as unknown as typeof jsQR.default)(pixels, width, width)?.data;
}
