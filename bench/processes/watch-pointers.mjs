// A service that follows pointers: prints when it is ready, and when a pointer has moved. Arguments: the URL of the package's dist folder,
// the source, and the interval, if it is not a file.

const [dist = "", source = "", interval] = process.argv.slice(2);
const { follow } = await import(`${dist}follow.js`);
const live = follow({
  source,
  timeout: "60s",
  ...(interval === undefined ? {} : { interval }),
  onChange: () => console.log(JSON.stringify({ moved: Date.now() })),
});
await live.refresh();
console.log(JSON.stringify({ ready: Date.now() }));
// Until the measurement ends the process.
setInterval(() => {}, 60_000);
