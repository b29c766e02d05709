import { setIpvsScheduler } from '../../../src/remediations/kube-proxy/set-ipvs-scheduler.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { CONF, managed } from './kube-proxy-objects.js';

const params = { scheduler: 'lc' };
const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-proxy-worker' };
const old = managed({ created: '2021-05-01T00:00:00Z' });

describeRemediation(setIpvsScheduler, {
  scenario: 'flannel-healthy',
  params,
  diff: ['+ipvs:', '+  scheduler: lc'],
  objects: [about],
});

describePlan(setIpvsScheduler, {
  'is a medium risk where all nodes have the modules': {
    objects: managed(),
    params,
    risk: 'medium',
    silent: ['modprobe'],
  },
  'names old nodes with the line that loads the module, starts with one, and is a high risk': {
    objects: old,
    params,
    risk: 'high',
    warns: ['n1. First run on each: modprobe ip_vs_lc', 'does not start there at all'],
    canary: ['n1'],
  },
  'says what older kube-proxies do instead': {
    objects: old,
    version: 'v1.22.3-aliyun.1',
    params,
    risk: 'high',
    warns: ['falls back to iptables'],
  },
  'fears nothing for the schedulers that kube-proxy loads itself': {
    objects: old,
    params: { scheduler: 'wrr' },
    risk: 'medium',
    silent: ['modprobe'],
  },
  'has nothing to do where it is set': {
    objects: managed({ conf: `${CONF}ipvs:\n  scheduler: lc\n` }),
    params,
    changes: [],
  },
  'refuses a scheduler nobody knows': {
    objects: managed(),
    params: { scheduler: 'fastest' },
    refuses: 'scheduler',
  },
  'refuses where kube-proxy does not use IPVS': {
    objects: managed({ conf: CONF.replace('mode: ipvs', 'mode: iptables') }),
    params,
    refuses: 'iptables mode',
  },
});
