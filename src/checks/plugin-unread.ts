import type { NetworkPlugin } from '../cluster/identity/identity.js';
import type { Applicability } from './judging/define-check.js';

type UnreadPlugin = Extract<NetworkPlugin, { readonly known: false }>;

/** Says why a verdict that depends on the plugin is open. */
export const pluginUnreadDetail = ({ detail }: UnreadPlugin): string =>
  `Which network plugin runs could not be read: ${detail}`;

/** A check of one plugin, in a cluster whose plugin is not known. */
export const pluginUnread = (plugin: UnreadPlugin): Applicability => ({
  undecided: { code: plugin.code, detail: pluginUnreadDetail(plugin) },
});
