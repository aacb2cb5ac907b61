import jsQR from 'jsqr';

const scale = 6;

/** Reads a QR code as a camera would, from the picture that the data URL holds. */
export function readQrCode(dataUrl: string): string | undefined {
  const svg = Buffer.from(dataUrl.replace('data:image/svg+xml;base64,', ''), 'base64').toString();
  const modulePixels = Number(/h(\d+)v\1h-\1z/.exec(svg)?.[1]);
  const size = Number(/viewBox="0 0 (\d+) \d+"/.exec(svg)?.[1]) / modulePixels;
  const dark = new Set<number>();
  // Each dark module is a square: M moves to its corner.
  for (const [, x, y] of svg.matchAll(/M(\d+),(\d+)h/g))
    dark.add((Number(y) / modulePixels) * size + Number(x) / modulePixels);
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
