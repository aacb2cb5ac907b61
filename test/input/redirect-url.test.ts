import { describe, expect, it } from 'vitest';
import { parseRedirectUrl, withParameters } from '../../src/input/redirect-url.js';

const world = {
  publicUrl: 'https://id.example.com',
  redirectOrigins: ['https://app.example.com', 'com.example.app:/cb'],
};

describe('a redirect URL', () => {
  it.each([
    ['https://app.example.com', 'https://app.example.com?userId=ada&secret=x%2Fy'],
    [
      'https://app.example.com/a%20b?q=a+b%20c&q=%C3%B8',
      'https://app.example.com/a%20b?q=a+b%20c&q=%C3%B8&userId=ada&secret=x%2Fy',
    ],
    ['https://APP.example.com/?#/route', 'https://APP.example.com/?userId=ada&secret=x%2Fy#/route'],
    [
      'https://app.example.com/?secret=mine&a=1&%75serId=eve',
      'https://app.example.com/?a=1&userId=ada&secret=x%2Fy',
    ],
    ['com.example.app:/cb', 'com.example.app:/cb?userId=ada&secret=x%2Fy'],
  ])('%s goes out as it came in, but for what is added', (given, out) => {
    const url = parseRedirectUrl(world, 'url', given, '/auth/recovery');
    expect(withParameters(url, { userId: 'ada', secret: 'x/y' })).toBe(out);
  });
});

describe('a URL with a character that must be written with a percent sign', () => {
  it.each(['"', '<', '>', '\\', '^', '`', '{', '|', '}', ' ', '\n', 'ø'])('is refused: %j', (character) => {
    for (const url of [`https://app.example.com/${character}`, `com.example.app:/cb?q=${character}`])
      expect(() => parseRedirectUrl(world, 'url', url, '/auth/recovery')).toThrow(
        expect.objectContaining({ code: 'GENERAL_ARGUMENT_INVALID' }),
      );
  });
});
