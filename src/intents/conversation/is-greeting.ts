/** Whether a message says no more than hello or help, which the help text answers. */
export function isGreeting(text: string): boolean {
  return text === '' || /^(help|hi|hello|hey)\W*$/i.test(text);
}
