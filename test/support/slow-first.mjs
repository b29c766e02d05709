import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** Minutes each: begun last, one of them would keep the run waiting on a single core. */
const SLOW = [/faults\/drift/, /faults\/lying-server/, /changing\/apply-plan/, /checks\/scenario-coverage/];
const rank = ({ path }) => SLOW.findIndex((pattern) => pattern.test(path)) + 1 || SLOW.length + 1;

/** The slow files first, the rest as jest would have it. */
export default class SlowFirst extends Sequencer {
  async sort(tests) {
    return [...(await super.sort(tests))].sort((a, b) => rank(a) - rank(b));
  }
}
