import { describe, expect, it } from '@jest/globals';
import { endpointOf } from '../../src/cloud/openapi/endpoint-of.js';

const at = (region: string, network: 'public' | 'vpc' = 'public') => ({ region, network, endpoints: {} });

describe('endpointOf', () => {
  it.each([
    ['vpc', at('cn-beijing'), 'https://vpc.cn-beijing.aliyuncs.com'],
    ['vpc', at('cn-hangzhou'), 'https://vpc.aliyuncs.com'],
    ['ecs', at('cn-hangzhou'), 'https://ecs-cn-hangzhou.aliyuncs.com'],
    ['ecs', at('ap-southeast-1'), 'https://ecs.ap-southeast-1.aliyuncs.com'],
    ['cs', at('cn-hangzhou'), 'https://cs.cn-hangzhou.aliyuncs.com'],
    ['sts', at('cn-hangzhou'), 'https://sts.cn-hangzhou.aliyuncs.com'],
    ['vpc', at('cn-hangzhou', 'vpc'), 'https://vpc-vpc.cn-hangzhou.aliyuncs.com'],
    ['ecs', at('cn-hangzhou', 'vpc'), 'https://ecs-vpc.cn-hangzhou.aliyuncs.com'],
    ['cs', at('cn-hangzhou', 'vpc'), 'https://cs-anony-vpc.cn-hangzhou.aliyuncs.com'],
    ['sts', at('cn-hangzhou', 'vpc'), 'https://sts-vpc.cn-hangzhou.aliyuncs.com'],
  ] as const)('%s in %j is at %s', (product, config, origin) => {
    expect(endpointOf(product, config).origin).toBe(origin);
  });

  it('takes the configured one first, with https where none is said', () => {
    const endpoints = { vpc: 'vpc.example.com', ecs: 'http://127.0.0.1:8123' };
    expect(endpointOf('vpc', { ...at('cn-hangzhou'), endpoints }).origin).toBe('https://vpc.example.com');
    expect(endpointOf('ecs', { ...at('cn-hangzhou', 'vpc'), endpoints }).origin).toBe(
      'http://127.0.0.1:8123',
    );
  });
});
