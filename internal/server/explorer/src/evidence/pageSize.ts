/** How many claims of an event are shown at first. */
export const pageSize = 60;
