/** pm2 in cluster mode: `npm ci && npm start` in this folder. */
module.exports = {
  apps: [
    {
      name: 'shop',
      script: 'server.js',
      cwd: __dirname,
      exec_mode: 'cluster',
      instances: Number(process.env.WORKERS ?? 2),
      // Above this, pm2 restarts a worker, and whatever filled its memory is gone with it.
      max_memory_restart: process.env.MAX_MEMORY ?? '300M',
      // The old worker goes when the new one has said `ready`.
      wait_ready: true,
      // What a worker may take between SIGINT and SIGKILL: its last requests, and its evidence. pm2's default is 1.6 s.
      kill_timeout: 15_000,
      autorestart: true,
    },
  ],
};
