/** Text from outside without what steers a terminal; line ends and tabs stay. */
export const forTerminal = (text: string): string => text.replaceAll(/(?![\n\t])\p{Cc}/gu, ' ');
