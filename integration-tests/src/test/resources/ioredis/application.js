// Appends numbered entries and publishes numbered messages on a shard channel, to which it listens
// too; prints a line for each thing that it sees. Ends with its standard input.
//   node application.js PORT,PORT,... CHANNEL STREAM...
const { Cluster } = require("ioredis");

const [ports, channel, ...streams] = process.argv.slice(2);
const nodes = ports.split(",").map((port) => ({ host: "127.0.0.1", port: Number(port) }));
const pauseMillis = 5;

function say(...words) {
  process.stdout.write(words.join(" ") + "\n");
}

// An error reply without a code of its own is told whole: its text says whose fault it is.
function raised(error) {
  const message = String(error.message);
  say(error.name, message.startsWith("ERR ") ? message : message.split(" ")[0]);
}

const client = new Cluster(nodes);
const subscriber = new Cluster(nodes, { shardedSubscribers: true });
client.on("error", raised);
subscriber.on("error", raised);
subscriber.on("smessage", (_, message) => say("heard", message));

let over = false;
process.stdin.on("end", () => { over = true; });
process.stdin.resume();

async function tryTo(work, ...words) {
  try {
    await work();
    say(...words);
  } catch (error) {
    raised(error);
  }
}

async function main() {
  await subscriber.ssubscribe(channel);
  say("subscribed");
  for (let number = 0; !over; number++) {
    const stream = streams[number % streams.length];
    await tryTo(() => client.xadd(stream, "*", "v", number), "appended", stream, number);
    await tryTo(() => client.spublish(channel, String(number)), "sent", number);
    await new Promise((resolve) => setTimeout(resolve, pauseMillis));
  }
  client.disconnect();
  subscriber.disconnect();
}

main().then(() => process.exit(0), (error) => { raised(error); process.exit(1); });
