import type { Product } from '../actions.js';

export interface EndpointConfig {
  readonly region: string;
  /** `vpc` = the addresses inside a VPC, for a bot without a way to the Internet. */
  readonly network: 'public' | 'vpc';
  /** By product; wins over every rule. */
  readonly endpoints: Readonly<Partial<Record<Product, string | undefined>>>;
}

/** Regions whose endpoint does not follow the rule. Source: endpoint maps of the SDKs vpc 7.3.2 and ecs 7.11.6. */
const exceptions: Readonly<Partial<Record<Product, Readonly<Record<string, string>>>>> = {
  vpc: {
    'cn-hangzhou': 'vpc.aliyuncs.com',
    'cn-shanghai-finance-1': 'vpc.aliyuncs.com',
    'cn-shenzhen-finance-1': 'vpc.aliyuncs.com',
    'cn-north-2-gov-1': 'vpc.aliyuncs.com',
    'cn-hangzhou-finance': 'vpc.aliyuncs.com',
  },
  ecs: {
    'cn-hangzhou': 'ecs-cn-hangzhou.aliyuncs.com',
    'cn-north-2-gov-1': 'ecs.aliyuncs.com',
    'cn-hangzhou-finance': 'ecs.aliyuncs.com',
  },
};

/** Which calls the endpoint of CS inside a VPC serves is not verified; an override settles it. */
const insideVpc: Readonly<Partial<Record<Product, string>>> = { cs: 'cs-anony-vpc' };

/** Where a product answers for a region; `http` only where the configuration says so. */
export function endpointOf(product: Product, { region, network, endpoints }: EndpointConfig): URL {
  const own = endpoints[product];
  if (own !== undefined) return new URL(own.includes('://') ? own : `https://${own}`);
  if (network === 'vpc')
    return new URL(`https://${insideVpc[product] ?? `${product}-vpc`}.${region}.aliyuncs.com`);
  return new URL(`https://${exceptions[product]?.[region] ?? `${product}.${region}.aliyuncs.com`}`);
}
