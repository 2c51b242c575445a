// `pnpm SCRIPT --json` prints what the script prints and nothing of pnpm's own, so that the output is JSON.
const asksForJson = process.argv.includes('--json');

module.exports = {
  hooks: {
    updateConfig: (config) => (asksForJson ? { ...config, reporter: 'silent' } : config),
  },
};
