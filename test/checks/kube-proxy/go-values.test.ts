import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { goAddress, goCidr, goPort, splitHostPort } from '../../../src/checks/kube-proxy/go/go-address.js';
import { goDuration } from '../../../src/checks/kube-proxy/go/go-duration.js';
import { goDurationText } from '../../../src/checks/kube-proxy/go/go-duration-text.js';

/** The cases of Go's own time_test.go (TestParseDuration and its errors), in nanoseconds. */
describe('durations as Go reads them', () => {
  it.each<[string, bigint | undefined]>([
    ['0', 0n],
    ['+0', 0n],
    ['-0', 0n],
    ['5s', 5_000_000_000n],
    ['30s', 30_000_000_000n],
    ['1478s', 1_478_000_000_000n],
    ['-5s', -5_000_000_000n],
    ['+5s', 5_000_000_000n],
    ['5.0s', 5_000_000_000n],
    ['5.6s', 5_600_000_000n],
    ['5.s', 5_000_000_000n],
    ['.5s', 500_000_000n],
    ['1.0s', 1_000_000_000n],
    ['1.004s', 1_004_000_000n],
    ['100.00100s', 100_001_000_000n],
    ['10ns', 10n],
    ['11us', 11_000n],
    ['12µs', 12_000n],
    ['12μs', 12_000n],
    ['13ms', 13_000_000n],
    ['15m', 900_000_000_000n],
    ['16h', 57_600_000_000_000n],
    ['3h30m', 12_600_000_000_000n],
    ['10.5s4m', 250_500_000_000n],
    ['-2m3.4s', -123_400_000_000n],
    ['1h2m3s4ms5us6ns', 3_723_004_005_006n],
    ['39h9m14.425s', 140_954_425_000_000n],
    ['52763797000ns', 52_763_797_000n],
    ['0.3333333333333333333h', 1_199_999_999_999n],
    ['9007199254740993ns', 9_007_199_254_740_993n],
    ['9223372036854775807ns', 9_223_372_036_854_775_807n],
    ['-9223372036854775808ns', -9_223_372_036_854_775_808n],
    ['0.100000000000000000000h', 360_000_000_000n],
    ['', undefined],
    ['3', undefined],
    ['-', undefined],
    ['s', undefined],
    ['.', undefined],
    ['-.', undefined],
    ['.s', undefined],
    ['+.s', undefined],
    ['1d', undefined],
    ['1 h', undefined],
    [' 1h', undefined],
    ['1h ', undefined],
    ['1H', undefined],
    ['--1h', undefined],
    ['1h-2m', undefined],
    ['1e3s', undefined],
    ['0x1s', undefined],
    ['٣s', undefined],
    ['9223372036854775808ns', undefined],
    ['9223372036854775.808us', undefined],
    ['3000000h', undefined],
    ['-9223372036854775809ns', undefined],
  ])('%j', (text, nanoseconds) => {
    expect(goDuration(text)).toBe(nanoseconds);
  });

  it.each([
    '1'.repeat(1e5),
    `${'1'.repeat(1e5)}s`,
    '0'.repeat(1e5),
    '1h'.repeat(5e4),
    `${'1h'.repeat(5e4)}x`,
    `.${'1'.repeat(1e5)}`,
  ])('take one pass over 100,000 characters (%#)', (text) => {
    const start = process.cpuUsage();
    goDuration(text);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(3);
  });

  it('are read again as they are printed', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), (nanoseconds) => {
        expect(goDuration(goDurationText(nanoseconds))).toBe(nanoseconds);
      }),
    );
  });

  it.each<[bigint, string]>([
    [0n, '0s'],
    [1n, '1ns'],
    [1_100n, '1.1µs'],
    [2_200_000n, '2.2ms'],
    [3_300_000_000n, '3.3s'],
    [245_000_000_000n, '4m5s'],
    [245_001_000_000n, '4m5.001s'],
    [18_367_001_000_000n, '5h6m7.001s'],
    [-1_500_000_000n, '-1.5s'],
  ])('print %d as Go does', (nanoseconds, text) => {
    expect(goDurationText(nanoseconds)).toBe(text);
  });
});

describe('addresses as Go reads them', () => {
  it.each<[string, 4 | 6 | undefined]>([
    ['10.0.0.1', 4],
    ['010.000.0.1', 4],
    ['::', 6],
    ['::ffff:10.0.0.1', 6],
    ['fd00::01', 6],
    ['fe80::1%eth0', undefined],
    ['10.0.0.256', undefined],
    ['10.0.1', undefined],
    ['0x7f.0.0.1', undefined],
    [':::1', undefined],
    ['[::1]', undefined],
    ['', undefined],
    [`${'0'.repeat(100_000)}1.0.0.1`, undefined],
  ])('%j', (text, family) => {
    expect(goAddress(text)).toBe(family);
  });

  it.each<[string, 4 | 6 | undefined]>([
    ['10.0.0.0/8', 4],
    ['10.1.2.3/8', 4],
    ['0.0.0.0/0', 4],
    ['fd00::/48', 6],
    ['10.0.0.0/33', undefined],
    ['fd00::/129', undefined],
    ['10.0.0.0', undefined],
    ['10.0.0.0/', undefined],
    ['10.0.0.0/-1', undefined],
    ['10.0.0.0/8/8', undefined],
    [' 10.0.0.0/8', undefined],
  ])('%j as a range', (text, family) => {
    expect(goCidr(text)).toBe(family);
  });

  it.each<[string, readonly [string, string] | undefined]>([
    ['0.0.0.0:80', ['0.0.0.0', '80']],
    ['[::]:80', ['::', '80']],
    [':80', ['', '80']],
    ['host:', ['host', '']],
    [':::80', undefined],
    ['::1', undefined],
    ['[::]80', undefined],
    ['[::]', undefined],
    ['[::', undefined],
    ['[[::]]:80', undefined],
    ['a]:80', undefined],
    ['80', undefined],
    ['', undefined],
  ])('%j as host and port', (text, parts) => {
    expect(splitHostPort(text)).toEqual(parts && { host: parts[0], port: parts[1] });
  });

  it.each<[string, number | undefined]>([
    ['1', 1],
    ['65535', 65_535],
    ['+80', 80],
    ['0080', 80],
    ['0', undefined],
    ['65536', undefined],
    ['-1', undefined],
    ['http', undefined],
    ['', undefined],
    ['8 0', undefined],
  ])('%j as a port', (text, port) => {
    expect(goPort(text)).toBe(port);
  });
});
