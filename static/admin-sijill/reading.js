// Reads on until the reading is finished; without it the button does, step by step.
const pause = 200; // milliseconds, to look at the page or leave it
setTimeout(() => document.querySelector("#read-on")?.requestSubmit(), pause);
