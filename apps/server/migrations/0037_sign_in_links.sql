CREATE TABLE "identity"."sign_in_link" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"linked_at" timestamp with time zone NOT NULL,
	"linked_by_name" text NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_used_at" timestamp with time zone
);--> statement-breakpoint
ALTER TABLE "identity"."session" ADD COLUMN "provider" text;--> statement-breakpoint
ALTER TABLE "identity"."session" ADD COLUMN "provider_factor_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "identity"."sign_in_link" ADD CONSTRAINT "sign_in_link_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_link_subject" ON "identity"."sign_in_link" USING btree ("issuer","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_link_user" ON "identity"."sign_in_link" USING btree ("user_id","issuer");