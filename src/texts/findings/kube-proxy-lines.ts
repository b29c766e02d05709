import { does, type Line, many } from './words.js';

export const kubeProxyLines: Readonly<Record<string, Line>> = {
  'kube-proxy-config.unreadable': ({ configMap }) =>
    `${configMap} is not readable: kube-proxy will not start again`,
  'kube-proxy-config.wrongValue': ({ configMap }) => `A value in ${configMap} keeps kube-proxy from starting`,
  'kube-proxy-config.gateRefused': ({ configMap }) =>
    `A feature gate in ${configMap} keeps kube-proxy from starting`,
  'kube-proxy-config.misplaced': ({ configMap }) => `Fields of ${configMap} in the wrong place: ignored`,
  'kube-proxy-config.ignored': ({ configMap, version }) =>
    `Fields of ${configMap} that kube-proxy ${version} ignores`,
  'kube-proxy-config.notApplied': ({ count, total, daemonSet }) =>
    `${count} of ${total} ${daemonSet} pods ${does(count, 'runs', 'run')} an old configuration`,
  'kube-proxy-mode.exits': ({ unready, total, daemonSet }) =>
    `${unready} of ${total} ${daemonSet} pods down: kube-proxy exits at every start`,
  'kube-proxy-mode.absent': ({ nodes }) =>
    `No kube-proxy runs on ${many(nodes, 'node that needs', 'nodes that need')} it`,
  'kube-proxy-mode.notReady': ({ count, total, daemonSet }) =>
    `${count} of ${total} ${daemonSet} pods not ready`,
  'kube-proxy-mode.fellBack': ({ count, sampled, actual }) =>
    `${count} of ${many(sampled, 'sampled kube-proxy pod')} fell back to ${actual}, set is ipvs`,
  'kube-proxy-mode.refused': ({ count, sampled }) =>
    `${count} of ${many(sampled, 'sampled kube-proxy pod')} cannot use IPVS and ${does(count, 'exits', 'exit')}`,
  'kube-proxy-mode.otherMode': ({ count, sampled, actual, configured }) =>
    `${count} of ${many(sampled, 'sampled kube-proxy pod')} in ${actual} mode, set is ${configured}`,
  'conntrack-limit.full': ({ count }) => `Conntrack table over 90 % full on ${many(count, 'node')}`,
  'conntrack-limit.fullAccelerated': ({ count }) =>
    `Conntrack table over 90 % full on ${many(count, 'node')}`,
  'ipvs-scheduler.moduleMissing': ({ scheduler, count }) =>
    `Kernel module ip_vs_${scheduler} missing on ${many(count, 'node')}`,
  'ipvs-scheduler.unknownName': ({ scheduler }) =>
    `IPVS scheduler ${scheduler} is unknown: kube-proxy will not start`,
};
