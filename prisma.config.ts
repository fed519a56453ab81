import { defineConfig } from "prisma/config";

// Only the generator reads this: the server's own runner applies migrations (server/db/migrate.ts).
export default defineConfig({ schema: "prisma/schema.prisma" });
