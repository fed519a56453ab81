# PostgreSQL's embedded binaries need glibc, hence Debian instead of Alpine.
FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app

FROM base AS build
COPY package.json package-lock.json ./
COPY client/sdk/package.json client/sdk/
COPY scripts scripts
RUN npm ci --no-audit --no-fund
COPY . .
# The sources weren't there yet when npm ran its own postinstall.
RUN npm run postinstall && npm run prestart

FROM base AS production-dependencies
COPY package.json package-lock.json ./
COPY client/sdk/package.json client/sdk/
COPY scripts scripts
RUN npm ci --omit=dev --no-audit --no-fund

FROM base
ENV NODE_ENV=production NEXORA_DATA=/var/lib/nexora
RUN install --directory --owner=node --group=node --mode=0700 /var/lib/nexora
COPY --from=production-dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/prisma/migrations prisma/migrations
COPY --from=build /app/client/generated/documents.json client/generated/
COPY package.json LICENSE ./
USER node
VOLUME /var/lib/nexora
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://localhost:${process.env.PORT || 4000}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Not npm: signals have to reach the server itself.
CMD ["node", "dist/server/start.js"]
