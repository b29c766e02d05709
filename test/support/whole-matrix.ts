/** Whether faults strike everywhere, as `npm run test:faults -- --all` has it, and not at a sample of the places. */
export const wholeMatrix = process.env.ACKNET_FAULTS === 'all';
