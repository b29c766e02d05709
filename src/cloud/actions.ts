export type Product = 'cs' | 'vpc' | 'ecs' | 'sts';

export const versions: Readonly<Record<Product, string>> = {
  cs: '2015-12-15',
  vpc: '2016-04-28',
  ecs: '2014-05-26',
  sts: '2015-04-01',
};

/**
 * How a list goes on: `pages` by PageNumber up to TotalCount; `tokens` by NextToken, with the name and the largest value of
 * the parameter that sizes a page.
 */
type Paging =
  | { readonly by: 'pages'; readonly size: number }
  | { readonly by: 'tokens'; readonly sizeName: 'MaxResults' | 'MaxResult'; readonly size: number };

interface ActionShape {
  /** Where the list stands in the answer; empty = the answer is the list, or the one item. */
  readonly items: readonly string[];
  readonly paging?: Paging;
  /** CS alone is addressed by paths; the others by parameters. */
  readonly path?: string;
  /** How long an answer may serve others; absent = a value of the moment, asked for in every run. */
  readonly cacheSeconds?: number;
  /** RAM can narrow it to the cluster. */
  readonly onCluster?: true;
  /** Grows with the nodes: asked for last, and never by a check of many clusters. */
  readonly grows?: true;
}

const pages: Paging = { by: 'pages', size: 50 };
const tokens = (size: number): Paging => ({ by: 'tokens', sizeName: 'MaxResults', size });

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Everything acknet can ask of the cloud, by RAM action. A call that is not here cannot be made: the reader takes no other
 * name, and each is Describe, List or Get (`test/cloud/actions.test.ts`). `DescribeClusterUserKubeconfig` hands out a
 * credential and stays out for ever.
 */
export const cloudActions = {
  'vpc:DescribeVpcs': { items: ['Vpcs', 'Vpc'], paging: pages, cacheSeconds: MINUTE },
  'vpc:DescribeVSwitches': { items: ['VSwitches', 'VSwitch'], paging: pages },
  'vpc:DescribeVSwitchAttributes': { items: [] },
  'vpc:DescribeRouteTableList': {
    items: ['RouterTableList', 'RouterTableListType'],
    paging: pages,
    cacheSeconds: MINUTE,
  },
  'vpc:DescribeRouteEntryList': {
    items: ['RouteEntrys', 'RouteEntry'],
    paging: { by: 'tokens', sizeName: 'MaxResult', size: 100 },
    cacheSeconds: MINUTE,
  },
  /** Routes by their kind, counted for every table of the VPC at once. */
  'vpc:GetVpcRouteEntrySummary': { items: ['RouteEntrySummarys'], cacheSeconds: MINUTE },
  'vpc:DescribeNatGateways': { items: ['NatGateways', 'NatGateway'], paging: pages, cacheSeconds: MINUTE },
  'vpc:DescribeSnatTableEntries': {
    items: ['SnatTableEntries', 'SnatTableEntry'],
    paging: pages,
    cacheSeconds: MINUTE,
  },
  'vpc:DescribeIpv6Gateways': { items: ['Ipv6Gateways', 'Ipv6Gateway'], paging: pages, cacheSeconds: MINUTE },
  'vpc:DescribeIpv6Addresses': { items: ['Ipv6Addresses', 'Ipv6Address'], paging: pages },
  'vpc:DescribeIpv6EgressOnlyRules': { items: ['Ipv6EgressOnlyRules', 'Ipv6EgressOnlyRule'], paging: pages },
  'ecs:DescribeNetworkInterfaces': {
    items: ['NetworkInterfaceSets', 'NetworkInterfaceSet'],
    paging: tokens(500),
    grows: true,
  },
  'ecs:DescribeInstanceTypes': {
    items: ['InstanceTypes', 'InstanceType'],
    paging: tokens(100),
    cacheSeconds: 15 * DAY,
  },
  'ecs:DescribeInstances': { items: ['Instances', 'Instance'], paging: tokens(100) },
  'ecs:DescribeSecurityGroups': {
    items: ['SecurityGroups', 'SecurityGroup'],
    paging: tokens(100),
    cacheSeconds: MINUTE,
  },
  /** Each page repeats what is said of the group. */
  'ecs:DescribeSecurityGroupAttribute': { items: [], paging: tokens(1000), cacheSeconds: MINUTE },
  'cs:DescribeClusterDetail': {
    items: [],
    path: '/clusters/{clusterId}',
    cacheSeconds: MINUTE,
    onCluster: true,
  },
  'cs:ListClusterAddonInstances': {
    items: ['addons'],
    path: '/clusters/{clusterId}/addon_instances',
    cacheSeconds: MINUTE,
    onCluster: true,
  },
  'cs:ListAddons': { items: ['addons'], path: '/addons', cacheSeconds: 6 * HOUR, onCluster: true },
  'cs:DescribeKubernetesVersionMetadata': {
    items: [],
    path: '/api/v1/metadata/versions',
    cacheSeconds: 6 * HOUR,
  },
  /** Needs no permission: it says who asks. */
  'sts:GetCallerIdentity': { items: [] },
} as const satisfies Record<string, ActionShape>;

export type CloudAction = keyof typeof cloudActions;

export const shapeOf = (action: CloudAction): ActionShape => cloudActions[action];

/** Calls whose number grows with the nodes. */
export const growingActions = (Object.keys(cloudActions) as CloudAction[]).filter(
  (action) => shapeOf(action).grows,
);

/** `vpc:DescribeVSwitches` -> the product whose endpoint serves it, and the API's name there. */
export function partsOf(action: CloudAction): { readonly product: Product; readonly api: string } {
  const [product, api] = action.split(':') as [Product, string];
  return { product, api };
}
