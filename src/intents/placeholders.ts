import type { AnswerFacts } from './answer-facts.js';

/** What `{{name}}` reads where the cluster is not known. */
const placeholderDefaults = {
  'terway-daemonset': 'terway-eniip',
  'kube-proxy-daemonset': 'kube-proxy-worker,kube-proxy-master',
  cluster: '<cluster>',
} as const satisfies Record<string, string>;

const PLACEHOLDER = /\{\{([^{}\n]*)\}\}/g;

/** Names that stand in `{{…}}` but mean nothing. Go templates (`{{.metadata.name}}`, `{{ … }}`) are text. */
export function unknownPlaceholders(markdown: string): readonly string[] {
  return [...markdown.matchAll(PLACEHOLDER)]
    .map((match) => match[1] ?? '')
    .filter((name) => /^[a-z-]+$/.test(name) && !Object.hasOwn(placeholderDefaults, name));
}

export function fillPlaceholders(markdown: string, facts: AnswerFacts | undefined): string {
  const known: Readonly<Record<string, string | undefined>> = {
    'terway-daemonset': facts?.terwayDaemonSet ?? placeholderDefaults['terway-daemonset'],
    'kube-proxy-daemonset': kubeProxyDaemonSets(facts),
    cluster: facts?.name ?? placeholderDefaults.cluster,
  };
  return markdown.replace(PLACEHOLDER, (whole, name: string) => known[name] ?? whole);
}

/** As a label selector's `in (…)` wants them; only dedicated clusters have the second. */
function kubeProxyDaemonSets(facts: AnswerFacts | undefined): string {
  return facts?.flavor === 'managed' ? 'kube-proxy-worker' : placeholderDefaults['kube-proxy-daemonset'];
}
