import { text } from '../../../cluster/fields.js';
import type { EffectiveConfig } from './effective-config.js';
import { type Breach, invalid, quoted, type ValueRule } from './value-rule.js';

const MOST = 2_147_483_647;
const BETA = 'LoggingBetaOptions';
const ALPHA = 'LoggingAlphaOptions';

function formatBreach(config: EffectiveConfig): Breach | undefined {
  const value = config.text('logging.format');
  if (value === '' || value === 'text') return undefined;
  if (value !== 'json')
    return { plain: 'must be text or json', says: invalid(quoted(value), 'Unsupported log format') };
  return config.isOn(BETA) === false
    ? {
        plain: `needs the gate ${BETA}, which is off`,
        says: `Forbidden: Log format json is disabled, see ${BETA} feature`,
      }
    : undefined;
}

function verbosityBreach(config: EffectiveConfig): Breach | undefined {
  const value = config.int('logging.verbosity');
  return value === undefined || value <= MOST
    ? undefined
    : { plain: `must be at most ${MOST}`, says: invalid(String(value), `Must be <= ${MOST}`) };
}

function vmoduleBreach(config: EffectiveConfig): Breach | undefined {
  const items = config.items('logging.vmodule');
  if (items.length === 0) return undefined;
  if (!['', 'text'].includes(config.text('logging.format')))
    return {
      plain: 'goes with the text format only',
      says: 'Forbidden: Only supported for text log format',
    };
  const patterns = items.map((item) => text(item, 'filePattern') ?? '');
  const bad = patterns.findIndex((pattern) => pattern === '' || /[=,]/.test(pattern));
  if (bad === -1) return undefined;
  const pattern = patterns[bad] ?? '';
  return pattern === ''
    ? {
        plain: 'has an entry without filePattern',
        at: `[${bad}]`,
        says: 'Required value: File pattern must not be empty',
      }
    : {
        plain: 'has a filePattern with an equal sign or a comma',
        at: `[${bad}]`,
        says: invalid(quoted(pattern), 'File pattern must not contain equal sign or comma'),
      };
}

const splitStreamBreach = (config: EffectiveConfig): Breach | undefined =>
  config.isTrue('logging.options.json.splitStream') && config.isOn(ALPHA) === false
    ? { plain: `needs the gate ${ALPHA}, which is off`, says: `Forbidden: Feature ${ALPHA} is disabled` }
    : undefined;

const rule = (field: string, breach: ValueRule['breach']): ValueRule => ({
  field,
  path: () => `initialize logging: ${field}`,
  since: 28,
  breach,
});

/** How it logs. Source: k8s.io/component-base logs/api/v1/options.go. */
export const loggingRules: readonly ValueRule[] = [
  rule('logging.format', formatBreach),
  rule('logging.verbosity', verbosityBreach),
  rule('logging.vmodule', vmoduleBreach),
  rule('logging.options.json.splitStream', splitStreamBreach),
];
