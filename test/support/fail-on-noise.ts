import { afterEach } from '@jest/globals';

const noise: string[] = [];

process.on('warning', (warning) => {
  if (!/ExperimentalWarning/.test(warning.name)) noise.push(`process warning: ${warning.stack}`);
});
process.on('unhandledRejection', (reason) => {
  noise.push(`unhandled rejection: ${reason instanceof Error ? reason.stack : String(reason)}`);
});

afterEach(() => {
  const heard = noise.splice(0);
  if (heard.length > 0) throw new Error(heard.join('\n'));
});
