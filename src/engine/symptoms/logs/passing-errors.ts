/**
 * Two writers met, a connection was renewed, a listing was interrupted: the next try does it. Of netlink (nl_linux.go) and
 * kube-proxy (pkg/proxy/conntrack/cleanup.go): what was listed while the table changed is used as it is. Of CoreDNS: a query of type
 * HINFO is its own, which looks for loops when it starts (plugin/loop).
 */
const PASSING =
  /the object has been modified|context canceled|leader ?election|client connection lost|too old resource version|interrupted system call|results may be incomplete or inconsistent|partial result|plugin\/errors: \d{1,5} \S{1,260} HINFO: /i;

/** As the API server says it of one object; the quotes may be escaped. */
const OBJECT_GONE = /\b[\w.-]{1,100} \\{0,3}"[^"\\]{1,253}\\{0,3}" not found/;

export const endsByItself = (line: string): boolean => PASSING.test(line);

/** Whether it is about an object that was deleted since. */
export const isOfGoneObject = (line: string): boolean => OBJECT_GONE.test(line);
