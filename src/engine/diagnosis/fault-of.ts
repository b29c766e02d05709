import type { Finding } from '../../checks/judging/define-check.js';
import { findingLine } from '../../texts/findings/finding-line.js';

/** What is wrong, and with which object: the same for all checks that come upon it. */
export const faultOf = (finding: Pick<Finding, 'id' | 'about' | 'data' | 'message'>): string =>
  [findingLine(finding), finding.about.kind, finding.about.namespace ?? '', finding.about.name].join(' ');
