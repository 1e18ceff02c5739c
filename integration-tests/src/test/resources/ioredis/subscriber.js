// Subscribes to a shard channel and prints each message. Ends with its standard input.
//   node subscriber.js PORT,PORT,... CHANNEL
const { Cluster } = require("ioredis");

const [ports, channel] = process.argv.slice(2);
const nodes = ports.split(",").map((port) => ({ host: "127.0.0.1", port: Number(port) }));
const subscriber = new Cluster(nodes, { shardedSubscribers: true, slotsRefreshInterval: 200 });
subscriber.on("error", (error) => process.stdout.write(`error ${error.message}\n`));
subscriber.on("smessage", (_, message) => process.stdout.write(`heard ${message}\n`));
subscriber.ssubscribe(channel).then(() => process.stdout.write("subscribed\n"));
process.stdin.on("end", () => { subscriber.disconnect(); process.exit(0); });
process.stdin.resume();
