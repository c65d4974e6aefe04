import { DomainError, printableConfig, readConfig } from '@vonggac/kernel';
import { pino } from 'pino';
import { startServer } from './start.ts';

try {
  const config = readConfig(process.argv.slice(2), process.env);
  const logger = pino({ level: config.logLevel, redact: ['*.password', '*.cookie', '*.authorization'] });
  logger.info({ config: printableConfig(config) }, 'configuration');
  const server = await startServer(config, logger);
  process.stdout.write(`\nVọng Gác: ${server.url}\n`);
  if (server.firstPassword) process.stdout.write(`${server.firstPassword}\n`);
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await server.stop();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  process.stderr.write(`\n${error.text.vi}\n${error.text.en}\n${error.details ? `${String(error.details)}\n` : ''}`);
  process.exit(1);
}
