/**
 * A sixth set, written apart from the rules and before they were tried on it: what somebody on call pastes. Configurations of
 * agents and their tools, tokens of hosting, identity, payment, mail, product and search services, dialogues of protocols,
 * devices of networks. At first sight 236 of 266 secrets were found, and 50 of the 1,140 lines of `oncallOrdinary.ts` changed.
 * What stands between `[[` and `]]` is secret; between `‹` and `›` it is in base64 there.
 */
export const oncallTexts: readonly string[] = [
  // Agents, models and their tools
  '{"mcpServers":{"github":{"command":"npx","args":["-y","@modelcontextprotocol/server-github"],"env":{"GITHUB_PERSONAL_ACCESS_TOKEN":"[[ghp_{A36}]]"}},"sentry":{"url":"https://mcp.sentry.dev/mcp","headers":{"Authorization":"Bearer [[{w44}]]"}}}}',
  '{"mcpServers":{"postgres":{"command":"npx","args":["-y","@modelcontextprotocol/server-postgres","postgresql://readonly:[[{A16}]]@db.internal:5432/orders"]},"notion":{"env":{"OPENAPI_MCP_HEADERS":"{\\"Authorization\\": \\"Bearer [[ntn_{A46}]]\\", \\"Notion-Version\\": \\"2022-06-28\\" }"}}}}',
  '// .claude/settings.json\n{"env":{"ANTHROPIC_AUTH_TOKEN":"[[{A40}]]","ANTHROPIC_CUSTOM_HEADERS":"x-proxy-key: [[{x32}]]"},"apiKeyHelper":"/usr/local/bin/key.sh"}',
  '# ~/.codex/config.toml\n[model_providers.acme]\nbase_url = "https://llm.acme.io/v1"\nhttp_headers = { "X-Acme-Auth" = "[[{A32}]]" }\nenv_key = "ACME_KEY"',
  '$ codex login --api-key [[sk-proj-{w80}]]\n$ gemini --api-key=[[AIzaSy{w33}]]\n$ claude mcp add linear --header "Authorization: Bearer [[lin_api_{A40}]]" https://mcp.linear.app/sse',
  "vllm serve mistral-7b --api-key [[{A24}]] --port 8000\nINFO: Started with api_key=['[[{A24}]]'], model=mistral-7b",
  'litellm: Router config: [{"model_name": "gpt", "litellm_params": {"model": "azure/gpt", "api_key": "[[{x32}]]", "api_base": "https://acme.openai.azure.com"}}]\nmaster_key: [[sk-{A18}]]',
  'LANGCHAIN_TRACING_V2=true\nLANGSMITH_API_KEY=[[lsv2_pt_{x32}_{x10}]]\nWEAVIATE_KEY=[[{A36}]]\nQDRANT__SERVICE__API_KEY=[[{A20}]]\nCHROMA_SERVER_AUTHN_CREDENTIALS=[[{A22}]]',
  "pc = Pinecone('[[pcsk_{A6}_{A56}]]')\nclient = weaviate.connect_to_weaviate_cloud(cluster_url=url, auth_credentials=Auth.api_key('[[{A36}]]'))\nvo = voyageai.Client('[[pa-{w43}]]')",
  'ollama: proxy: upstream auth header "X-Api-Token" = "[[{A32}]]"\nopenwebui | WEBUI_SECRET_KEY: [[{A16}]]',
  // Databases as a service
  'SUPABASE_SECRET_KEY=[[sb_secret_{w22}_{w8}]]\nSUPABASE_URL=https://abcdefgh.supabase.co\n$ supabase login --token [[sbp_{x40}]]\n$ supabase link --project-ref abcdefgh -p [[{A16}]]',
  'psql "postgresql://neondb_owner:[[npg_{A12}]]@ep-cool-name-a2.eu-central-1.aws.neon.tech/neondb?sslmode=require"\nNEON_API_KEY=[[napi_{a64}]]',
  'turso db tokens create orders\n[[eyJhbGciOiJFZERTQSJ9.eyJ{w80}.{w86}]]\n$ turso config set token "[[eyJhbGciOiJFZERTQSJ9.eyJ{w60}.{w86}]]"',
  'DATABASE_PASSWORD=[[pscale_pw_{w43}]]\nUPSTASH_REDIS_REST_TOKEN="[[AX{w56}]]"\nconst redis = new Redis({ url: "https://eu1-a-1.upstash.io", token: "[[AY{w56}]]" })',
  '> ACL SETUSER orders on >[[{A18}]] ~orders:* +@read\nOK\n> AUTH orders [[{A18}]]\nOK\n> CONFIG SET requirepass [[{A20}]]\nOK\n> CONFIG SET masterauth [[{A20}]]',
  '127.0.0.1:6379> MONITOR\n1767000000.123 [0 10.0.0.3:5000] "AUTH" "[[{A18}]]"\n1767000000.223 [0 10.0.0.3:5000] "HELLO" "3" "AUTH" "default" "[[{A18}]]"',
  "clickhouse-client --host ch --user app --password '[[{A12}]]'\ncurl 'http://ch:8123/?user=app&password=[[{A12}]]' -d 'SELECT 1'\n<users><app><password_sha256_hex>[[{x64}]]</password_sha256_hex></app></users>\nCREATE USER app IDENTIFIED WITH sha256_password BY '[[{A14}]]'",
  "snowsql -a acme -u ETL\nPassword: [[{A14}]]\nALTER USER etl SET PASSWORD = '[[{A14}]]' MUST_CHANGE_PASSWORD = FALSE;\nsnowflake.connector.connect(user='ETL', password='[[{A14}]]', account='acme')\nprivate_key_passphrase: [[{A16}]]",
  'databricks configure --token\nDatabricks Host: https://adb-1.azuredatabricks.net\nToken: [[dapi{x32}-2]]\n[DEFAULT]\nhost = https://x\ntoken = [[dapi{x32}]]',
  "CREATE ROLE app LOGIN PASSWORD '[[{A14}]]';\nALTER USER postgres WITH ENCRYPTED PASSWORD '[[{A14}]]';\nSTATEMENT:  CREATE SUBSCRIPTION s CONNECTION 'host=db user=rep password=[[{A14}]]' PUBLICATION p",
  'elasticsearch-setup-passwords auto\nChanged password for user apm_system\nPASSWORD apm_system = [[{A20}]]\nChanged password for user elastic\nPASSWORD elastic = [[{A20}]]\n$ elasticsearch-reset-password -u elastic\nNew value: [[{A15}_{A4}]]',
  // Identity
  "CLERK_SECRET_KEY=[[sk_test_{A42}]]\nAUTH0_CLIENT_SECRET='[[{w64}]]'\nOKTA_API_TOKEN=[[00{w40}]]\nWORKOS_API_KEY=[[sk_live_{A60}]]\nSTYTCH_SECRET=[[secret-live-{w36}]]",
  'curl -H "Authorization: SSWS [[00{w40}]]" https://acme.okta.com/api/v1/users\ncurl -X POST https://acme.auth0.com/oauth/token -d \'{"client_id":"{A32}","client_secret":"[[{w64}]]","grant_type":"client_credentials"}\'',
  'keycloak: kcadm.sh config credentials --server http://kc --realm master --user admin --password [[{A12}]]\n{"clientId":"orders","secret":"[[{A32}]]","publicClient":false}\nKC_BOOTSTRAP_ADMIN_PASSWORD=[[{A12}]]',
  'dn: uid=jane,ou=people,dc=acme,dc=io\nobjectClass: inetOrgPerson\nuserPassword: [[{A10}!]]\nsambaNTPassword: [[{X32}]]\nuserPassword:: [[‹{A14}›]]\nkrbPrincipalKey:: [[{b60}]]',
  'kadmin:  addprinc -pw [[{A12}]] host/web1\nkadmin.local -q "cpw -pw [[{A12}]] jane"\n$ echo [[{A12}]] | kinit jane@ACME.IO\n$ ktutil: addent -password -p jane@ACME.IO -k 1 -e aes256-cts\nPassword for jane@ACME.IO: [[{A12}]]',
  '<samlp:Response><saml:Assertion>…</saml:Assertion></samlp:Response>\nRelayState={w43}&SAMLResponse=[[{b200}]]\nPOST /token code=[[{w43}]]&code_verifier=[[{w43}]]&client_secret=[[{w40}]]&grant_type=authorization_code',
  // Hosting and platforms
  'BLOB_READ_WRITE_TOKEN="[[vercel_blob_rw_{A16}_{A30}]]"\nVERCEL_TOKEN=[[{A24}]]\nEDGE_CONFIG=https://edge-config.vercel.com/ecfg_{a20}?token=[[{x8}-{x4}-{x4}-{x4}-{x12}]]\nVERCEL_AUTOMATION_BYPASS_SECRET=[[{A32}]]',
  'fly tokens create deploy\nFlyV1 [[fm2_{b200},fm2_{b120}]]\nFLY_API_TOKEN="FlyV1 [[fm2_{b160}]]"\nRENDER_API_KEY=[[rnd_{A28}]]\nRAILWAY_TOKEN=[[{x8}-{x4}-{x4}-{x4}-{x12}]]',
  'tailscale up --authkey=[[tskey-auth-{A17}-{A32}]] --ssh\nTS_API_KEY=[[tskey-api-{A17}-{A32}]]\nTS_OAUTH_SECRET=[[tskey-client-{A17}-{A32}]]\nnetbird up --setup-key [[{X8}-{X4}-{X4}-{X4}-{X12}]]\nzerotier-cli join {x16}',
  'DOPPLER_TOKEN=[[dp.st.prd.{A43}]]\nexport OP_SERVICE_ACCOUNT_TOKEN=[[ops_eyJ{b200}]]\nINFISICAL_TOKEN=[[st.{x24}.{x32}.{x32}]]\ninfisical login --method=universal-auth --client-id={x8}-{x4}-{x4}-{x4}-{x12} --client-secret=[[{x64}]]',
  '$ vault token create\nKey                  Value\n---                  -----\ntoken                [[hvs.{w95}]]\ntoken_accessor       {A24}\n$ vault operator init\nUnseal Key 1: [[{b43}=]]\nUnseal Key 2: [[{b43}=]]\nInitial Root Token: [[hvs.{w24}]]',
  '$ vault write auth/approle/login role_id={x8}-{x4}-{x4}-{x4}-{x12} secret_id=[[{x8}-{x4}-{x4}-{x4}-{x12}]]\n$ vault kv put secret/orders db_pass=[[{A14}]] api=[[{A32}]]\nX-Vault-Token: [[hvb.{w120}]]',
  'PULUMI_ACCESS_TOKEN=[[pul-{x40}]]\ncredentials "app.terraform.io" {\n  token = "[[{A14}.atlasv1.{w67}]]"\n}\nTF_TOKEN_app_terraform_io=[[{A14}.atlasv1.{w67}]]\nspacelift: SPACELIFT_API_KEY_SECRET=[[{x64}]]',
  'buildkite-agent start --token "[[{x50}]]"\nBUILDKITE_AGENT_ACCESS_TOKEN=[[bkaa_{A40}]]\ncurl -H "Circle-Token: [[CCIPAT_{A22}_{x40}]]" https://circleci.com/api/v2/me',
  'curl -u ci:[[11{x32}]] -H "Jenkins-Crumb: [[{x64}]]" https://jenkins/job/x/build\njava -jar agent.jar -url https://jenkins/ -secret [[{x64}]] -name worker1\nhttps://jenkins/generic-webhook-trigger/invoke?token=[[{A24}]]',
  'argocd login argo.acme.io --username admin --password [[{A16}]] --grpc-web\n$ kubectl -n argocd get secret argocd-initial-admin-secret -o jsonpath="{.data.password}" | base64 -d\n[[{A16}]]\nargocd account generate-token\n[[eyJ{w33}.eyJ{w60}.{w43}]]',
  'docker login harbor.acme.io -u \'robot$ci+push\' -p [[{A32}]]\n{"auths":{"harbor.acme.io":{"auth":"[[‹robot$ci:{A32}›]]"}}}\n{"name":"robot$ci","secret":"[[{A32}]]","level":"project"}',
  "curl -H 'X-JFrog-Art-Api: [[AKCp{A69}]]' https://acme.jfrog.io/x\n<server><id>nexus</id><username>ci</username><password>[[{A14}]]</password></server>\nmvn -s s.xml -Dnexus.password=[[{A14}]] deploy\n//nexus.acme.io/repository/npm/:_auth=[[‹ci:{A14}›]]",
  'sonar-scanner -Dsonar.login=[[sqa_{x40}]] -Dsonar.host.url=https://sonar\nSNYK_TOKEN=[[{x8}-{x4}-{x4}-{x4}-{x12}]]\nsemgrep login: SEMGREP_APP_TOKEN=[[{x64}]]\nCODECOV_TOKEN: [[{x8}-{x4}-{x4}-{x4}-{x12}]]\nMEND_USER_KEY=[[{x64}]]',
  // Work
  'const linear = new LinearClient({ apiKey: "[[lin_api_{A40}]]" })\nAIRTABLE_TOKEN=[[pat{A14}.{x64}]]\nFIGMA: X-Figma-Token: [[figd_{w40}]]\nNOTION_KEY=[[secret_{A43}]]\nASANA=[[2/{d16}/{d16}:{x32}]]\nJIRA_API_TOKEN=[[ATATT3xFfGF0{w60}={X8}]]',
  "shopify app env show\n    SHOPIFY_API_KEY={x32}\n    SHOPIFY_API_SECRET=[[{x32}]]\nX-Shopify-Access-Token: [[shpat_{x32}]]\nX-Shopify-Storefront-Access-Token: [[{x32}]]\nShopify.Context.initialize({API_SECRET_KEY: '[[shpss_{x32}]]'})",
  // Payment
  'Square: access_token=[[EAAAl{w59}]] application_secret=[[sq0csp-{w43}]]\nADYEN_HMAC_KEY=[[{X64}]]\nx-API-key: [[AQEyhmfxK4LPYh1{b80}-{b43}=-{w16}]]',
  'PLAID_SECRET=[[{x30}]]\n{"client_id":"{x24}","secret":"[[{x30}]]","access_token":"[[access-production-{x8}-{x4}-{x4}-{x4}-{x12}]]"}\npublic_token=[[public-production-{x8}-{x4}-{x4}-{x4}-{x12}]]',
  "mollie = new MollieClient('[[live_{A30}]]')\nKLARNA_PASSWORD=[[klarna_live_api_{b60}]]\nAuthorization: Basic [[‹PK{d5}_{x12}:{A16}›]]\nGoCardless: access_token=[[live_{w40}]]\nRAZORPAY_KEY_SECRET=[[{A24}]]",
  'braze: Authorization: Bearer [[{x8}-{x4}-{x4}-{x4}-{x12}]]\ngateway = braintree.BraintreeGateway(braintree.Configuration(environment, merchant_id="x", public_key="y", private_key="[[{x32}]]"))\nSTRIPE_RESTRICTED=[[rk_live_{A48}]]\ncheckout.com: [[sk_sbox_{a24}*]]',
  // Mail and messages
  'X-Postmark-Server-Token: [[{x8}-{x4}-{x4}-{x4}-{x12}]]\nPOSTMARK_API_TOKEN=[[{x8}-{x4}-{x4}-{x4}-{x12}]]\nnew Resend("[[re_{A8}_{A24}]]")\nLOOPS_API_KEY=[[{x32}]]\nMAILJET_SECRET=[[{x32}]]\ncustomer.io: TRACK_API_KEY=[[{x20}]]',
  'EHLO app\n250-AUTH PLAIN LOGIN\nAUTH PLAIN [[‹\0mailer\0{A14}›]]\n235 2.7.0 ok\nAUTH LOGIN\n334 VXNlcm5hbWU6\n{b16}\n334 UGFzc3dvcmQ6\n[[‹{A15}›]]\n235 ok',
  '* OK IMAP4rev1 ready\na001 LOGIN jane [[{A12}]]\na001 OK done\nIMAP login: jane [[{A12}]]\nUSER jane\n+OK\nPASS [[{A12}]]\n+OK 3 messages\nB2 AUTHENTICATE PLAIN [[‹\0jane\0{A12}›]]',
  'REGISTER sip:acme.io SIP/2.0\nAuthorization: Digest username="100", realm="acme", nonce="{x32}", uri="sip:acme.io", response="[[{x32}]]"\n[100](!)\nsecret=[[{A12}]]\nmd5secret=[[{x32}]]\ntype=auth\nauth_type=userpass\npassword=[[{A12}]]',
  'twilio: auth_token: [[{x32}]]\nclient = Client("AC{x32}", "[[{x32}]]")\nVONAGE: api_key={x8} api_secret=[[{A16}]]\ncurl https://api.telegram.org/bot{d10}:[[AA{w33}]]/getMe\nDISCORD_TOKEN=[[M{A24}.{A6}.{w38}]]',
  // Product
  'analytics.load("{A32}")\nSEGMENT_WRITE_KEY=[[{A32}]]\nAMPLITUDE_SECRET_KEY=[[{x32}]]\nMIXPANEL_SERVICE_SECRET=[[{A32}]]\nPOSTHOG_API_KEY=[[phx_{A43}]]\nHEAP_API_SECRET=[[{A40}]]',
  'LAUNCHDARKLY_SDK_KEY=[[sdk-{x8}-{x4}-{x4}-{x4}-{x12}]]\nld api key [[api-{x8}-{x4}-{x4}-{x4}-{x12}]]\nSTATSIG_SERVER_SECRET=[[secret-{A43}]]\nunleash: Authorization: [[*:production.{x56}]]\nFLAGSMITH=[[ser.{A22}]]\nSPLIT_API_KEY=[[{a36}]]',
  "algoliasearch('{U10}', '[[{x32}]]')\nALGOLIA_ADMIN_KEY=[[{x32}]]\nX-Algolia-API-Key: [[{x32}]]\nTYPESENSE_API_KEY=[[{A32}]]\nMEILI_MASTER_KEY=[[{w43}]]\nAuthorization: ApiKey [[{b58}==]]",
  // Brokers
  'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="{U16}" password="[[{b64}]]";\nssl.keystore.password=[[{A12}]]\nssl.key.password=[[{A12}]]\nkafkacat -b b:9092 -X sasl.username=u -X sasl.password=[[{b64}]]',
  'rabbitmqctl add_user svc [[{A14}]]\n{"users":[{"name":"svc","password_hash":"[[{b48}]]","hashing_algorithm":"rabbit_password_hashing_sha256"}]}\nRABBITMQ_ERLANG_COOKIE=[[{U20}]]\nAMQP connection amqp://svc:[[{A14}]]@mq:5672/%2F refused',
  '-----BEGIN NATS USER JWT-----\n[[eyJ{w33}.eyJ{w90}.{w86}]]\n------END NATS USER JWT------\n-----BEGIN USER NKEY SEED-----\n[[SUA{U55}]]\n------END USER NKEY SEED------\nnats --nkey x --creds u.creds\nauthorization { token: "[[{A24}]]" }',
  'nats-server: accounts: { A: { users: [ {user: svc, password: [[{A16}]]} ] } }\nmosquitto_sub -u dev -P [[{A12}]] -t x\nMQTT CONNECT username=dev password=[[{A12}]] keepalive=60\npulsar authParams=token:[[eyJ{w33}.eyJ{w40}.{w43}]]',
  // Networks
  'snmp-server community [[{A12}]] RO\nsnmp-server user mon grp v3 auth sha [[{A12}]] priv aes 128 [[{A12}]]\nenable secret 5 [[$1${A4}${A22}]]\nusername admin privilege 15 secret 9 [[$9${A14}${A43}]]\ntacacs-server key 7 [[{X18}]]\nneighbor 10.0.0.1 password 7 [[{X16}]]',
  'crypto isakmp key [[{A16}]] address 203.0.113.9\nkey-string 7 [[{X20}]]\nip ospf message-digest-key 1 md5 [[{A12}]]\nstandby 1 authentication md5 key-string [[{A12}]]\nppp chap password 0 [[{A10}]]\nwpa-psk ascii 0 [[{A14}]]',
  'set system root-authentication encrypted-password "[[$6${A8}${A86}]]"\nset system radius-server 10.0.0.9 secret "[[$9${A20}]]"\nset security ike policy p pre-shared-key ascii-text "[[$9${A24}]]"\nset snmp community [[{A12}]] authorization read-only\nset protocols bgp group g authentication-key [[{A12}]]',
  '[Interface]\nAddress = 10.8.0.2/24\nPrivateKey = [[{b43}=]]\n[Peer]\nPublicKey = {b43}=\nPresharedKey = [[{b43}=]]\n$ wg genkey\n[[{b43}=]]\n$ wg show all private-key\nwg0\t[[{b43}=]]',
  '<auth-user-pass>\njane\n[[{A12}]]\n</auth-user-pass>\n-----BEGIN OpenVPN Static key V1-----\n[[{x32}\n{x32}\n{x32}]]\n-----END OpenVPN Static key V1-----\nmanagement: >PASSWORD:Need Auth\npassword "Auth" [[{A12}]]',
  'client 10.0.0.0/8 {\n  secret = [[{A16}]]\n  shortname = lab\n}\nradiusd: (3)   User-Password = "[[{A12}]]"\n(3) Cleartext-Password := "[[{A12}]]"\n(4) MS-CHAP2-Response = 0x[[{x100}]]\nradclient: Shared secret is "[[{A14}]]"',
  'ipmitool -I lanplus -H bmc -U ADMIN -P [[{A12}]] chassis status\nipmitool user set password 2 [[{A12}]]\nracadm set iDRAC.Users.2.Password [[{A12}]]\nhponcfg: <PASSWORD value="[[{A12}]]"/>\nredfish: {"UserName":"root","Password":"[[{A12}]]"}',
  'network={\n  ssid="ops"\n  psk="[[{A14}]]"\n}\nnmcli dev wifi connect ops password [[{A12}]]\n802-11-wireless-security.psk: [[{A14}]]\niwctl --passphrase [[{A12}]] station wlan0 connect ops\nWIFI:T:WPA;S:ops;P:[[{A12}]];;',
  'config user local\n edit "jane"\n  set passwd ENC [[{b88}]]\nconfig vpn ipsec phase1-interface\n  set psksecret ENC [[{b60}]]\n<phash>[[$5${A8}${A43}]]</phash>\n/ppp secret add name=jane password=[[{A12}]] service=l2tp\n/ip ipsec identity add secret=[[{A14}]]',
  // People and tickets
  'login for the grafana box is oncall / [[{A10}!]]\nuse jane:[[{A12}]] on jump1\nI rotated it, new one: [[ghp_{A36}]]\nthe api key we use there = [[{x32}]]\nroot pw for db7 → [[{A12}]]',
  'Temporary password: [[{A12}]]\nYour new API key is [[{A40}]]. It is shown once.\nSecret access key\n[[{b40}]]\nConsumer key: {A25}\nConsumer secret: [[{A50}]]\nBackup codes:\n[[{d4} {d4}]]\n[[{d4} {d4}]]',
];

/**
 * A seventh set, half as large, written after the rules had been mended by the sixth and tried once: its first figure is the
 * honest one (see SECURITY.md): 126 of 138 were found.
 */
export const oncallTextsAfter: readonly string[] = [
  '{"servers":{"jira":{"type":"stdio","command":"uvx","args":["mcp-atlassian","--jira-token","[[{A24}]]","--confluence-token=[[{A24}]]"],"env":{"JIRA_PERSONAL_TOKEN":"[[{A44}]]"}}}}',
  'aider --openai-api-key [[sk-proj-{w80}]] --anthropic-api-key=[[sk-ant-api03-{w93}AA]]\ncontinue: apiKey: [[{A32}]]\nOPENCODE: {"provider":{"acme":{"options":{"apiKey":"[[{A40}]]"}}}}',
  'export GOOGLE_GENERATIVE_AI_API_KEY=[[AIzaSy{w33}]] MISTRAL_API_KEY=[[{A32}]] DEEPSEEK_API_KEY=[[sk-{x32}]]\nbedrock: AWS_BEARER_TOKEN_BEDROCK=[[ABSK{b120}=]]',
  'from langfuse import Langfuse\nlf = Langfuse(public_key="pk-lf-{x8}-{x4}-{x4}-{x4}-{x12}", secret_key="[[sk-lf-{x8}-{x4}-{x4}-{x4}-{x12}]]")\nclient = OpenAI(api_key="[[sk-svcacct-{w80}]]")\nco = cohere.Client("[[{A40}]]")',
  'temporal: TEMPORAL_API_KEY=[[eyJ{w33}.eyJ{w90}.{w86}]]\ninngest: INNGEST_SIGNING_KEY=[[signkey-prod-{x64}]]\nINNGEST_EVENT_KEY=[[{w86}]]\nTRIGGER_SECRET_KEY=[[tr_prod_{A20}]]',
  'DATABASE_URL="prisma+postgres://accelerate.prisma-data.net/?api_key=[[eyJ{w33}.eyJ{w60}.{w43}]]"\nCONVEX_DEPLOY_KEY=[[prod:happy-otter-123|{b80}]]\nTIDB_PASSWORD=[[{A16}]]\nXATA_API_KEY=[[xau_{A40}]]',
  "mongosh 'mongodb+srv://svc:[[{A16}]]@c0.abcde.mongodb.net/orders'\nMONGODB_ATLAS_PRIVATE_KEY=[[{x8}-{x4}-{x4}-{x4}-{x12}]]\nuse admin\ndb.changeUserPassword('app', '[[{A14}]]')",
  "mysql> CREATE USER 'app'@'%' IDENTIFIED WITH caching_sha2_password BY '[[{A14}]]';\nmysql> CHANGE REPLICATION SOURCE TO SOURCE_USER='rep', SOURCE_PASSWORD='[[{A14}]]';\nmaster_password = [[{A14}]]",
  "MERGE: EXEC sp_addlogin 'app', '[[{A12}]]'\nALTER LOGIN sa WITH PASSWORD = N'[[{A12}]]';\nOPEN MASTER KEY DECRYPTION BY PASSWORD = '[[{A14}]]'\nOracle: ALTER USER app IDENTIFIED BY \"[[{A12}]]\" ACCOUNT UNLOCK;",
  'cassandra: cqlsh -u app -p [[{A12}]] db1\nneo4j: neo4j-admin dbms set-initial-password [[{A12}]]\ninflux setup --username admin --password [[{A12}]] --token [[{b86}==]]\ncouchdb: [admins]\nadmin = [[{A12}]]',
  'etcdctl --user root:[[{A12}]] endpoint status\nconsul acl bootstrap\nAccessorID:       {x8}-{x4}-{x4}-{x4}-{x12}\nSecretID:         [[{x8}-{x4}-{x4}-{x4}-{x12}]]\nnomad acl token: Secret ID    = [[{x8}-{x4}-{x4}-{x4}-{x12}]]',
  'az login --service-principal -u {x8}-{x4}-{x4}-{x4}-{x12} -p [[{A3}8Q~{w34}]] --tenant x\ngcloud iam service-accounts keys create k.json\n{"type":"service_account","private_key_id":"{x40}","private_key":"[[-----BEGIN PRIVATE KEY-----\\n{b64}\\n{b64}\\n-----END PRIVATE KEY-----\\n]]"}',
  'oci: key_file=~/.oci/k.pem\npass_phrase=[[{A14}]]\nhcloud context create prod\nToken: [[{A64}]]\nlinode-cli configure: token = [[{x64}]]\nVULTR_API_KEY=[[{U36}]]\nOVH_CONSUMER_KEY=[[{A32}]]\nSCW_SECRET_KEY=[[{x8}-{x4}-{x4}-{x4}-{x12}]]',
  'CLOUDFLARE_API_TOKEN=[[{w40}]]\nX-Auth-Key: [[{x37}]]\ncloudflared tunnel run --token [[eyJ{A150}]]\nFASTLY_API_TOKEN=[[{w32}]]\nBUNNY_API_KEY=[[{x8}-{x4}-{x4}-{x4}-{x20}-{x4}-{x4}]]\nAccess-Client-Secret: CF-Access-Client-Secret: [[{x64}]]',
  'git remote set-url origin https://oauth2:[[glpat-{w20}]]@gitlab.acme.io/x.git\ngitlab-runner register --token [[glrt-{w20}]]\nGITEA_TOKEN=[[{x40}]]\ntea login add --token [[{x40}]]\nbitbucket: https://x-token-auth:[[ATCTT3xFfG{w160}]]@bitbucket.org/x',
  'woodpecker: WOODPECKER_AGENT_SECRET=[[{x64}]]\ndrone: DRONE_RPC_SECRET=[[{x32}]]\ntravis encrypt: secure: "x"\nCYPRESS_RECORD_KEY=[[{x8}-{x4}-{x4}-{x4}-{x12}]]\nPERCY_TOKEN=[[{x64}]]\nCHROMATIC_PROJECT_TOKEN=[[chpt_{a15}]]\nNX_CLOUD_ACCESS_TOKEN=[[{b44}]]',
  'helm install x --set postgresql.auth.password=[[{A14}]] --set-string redis.auth.password=[[{A14}]]\nkustomize: secretGenerator:\n- name: db\n  literals:\n  - password=[[{A14}]]\nkubeseal --raw <<< [[{A14}]]',
  'k3s: K3S_TOKEN=[[K10{x64}::server:{x32}]]\nkubeadm join 10.0.0.1:6443 --token [[{a6}.{a16}]] --discovery-token-ca-cert-hash sha256:{x64}\nrke2: token: [[{A40}]]\ndocker swarm join --token [[SWMTKN-1-{a50}-{a25}]] 10.0.0.1:2377',
  '{"EnvironmentVariables":{"DbPassword":"[[{A14}]]","SmtpPass":"[[{A14}]]"},"Secrets":[{"Name":"API_KEY","ValueFrom":"arn:aws:x"}]}\nlambda: {"errorMessage":"connect failed pass=[[{A14}]] host=db"}',
  'pagerduty: {"routing_key":"[[{x32}]]","event_action":"trigger"}\nOPSGENIE_API_KEY=[[{x8}-{x4}-{x4}-{x4}-{x12}]]\nstatuspage: Authorization: OAuth [[{x8}-{x4}-{x4}-{x4}-{x12}]]\nBETTERUPTIME_TOKEN=[[{A24}]]\nslack: xoxb token [[xoxb-{d12}-{d12}-{A24}]]',
  'DD_API_KEY=[[{x32}]] DD_APP_KEY=[[{x40}]]\nNEW_RELIC_LICENSE_KEY=[[{x36}NRAL]]\nSENTRY_AUTH_TOKEN=[[sntrys_eyJ{b80}_{b43}]]\nHONEYCOMB_API_KEY=[[{A22}]]\nGRAFANA_SA=[[glsa_{A32}_{x8}]]\nSPLUNK_HEC_TOKEN=[[{x8}-{x4}-{x4}-{x4}-{x12}]]',
  "nodemailer.createTransport({ auth: { user: 'mailer@acme.io', pass: '[[{A14}]]' } })\nsmtp_sasl_password_maps: [smtp.acme.io]:587 mailer:[[{A14}]]\nmsmtp: password [[{A14}]]\nSENDGRID_KEY=[[SG.{w22}.{w43}]]\nMAILGUN_API_KEY=[[{x32}-{x8}-{x8}]]",
  '> USER backup\n331 Password required\n> PASS [[{A12}]]\n230 ok\nlftp -u backup,[[{A12}]] ftp.acme.io\nsshpass -p [[{A12}]] ssh root@db7\nrsync --password-file=<(echo [[{A12}]]) x y',
  'freeradius: client lab { secret = "[[{A14}]]" }\nUser-Password = "[[{A12}]]"\nhostapd: wpa_passphrase=[[{A14}]]\nwpa_psk=[[{x64}]]\nsae_password=[[{A14}]]\neapol: password="[[{A12}]]"\nprivate_key_passwd="[[{A12}]]"',
  'ipsec.secrets: @gw : PSK "[[{A20}]]"\nuser1 : XAUTH "[[{A12}]]"\nset vpn ipsec authentication psk acme secret [[{A14}]]\nset service snmp v3 user mon auth plaintext-password [[{A12}]]\nset system login user admin authentication plaintext-password [[{A12}]]',
  'username ops password 0 [[{A12}]]\nenable password [[{A12}]]\nradius server r1\n key [[{A14}]]\nip ftp password [[{A12}]]\nsnmp-server host 10.0.0.9 version 2c [[{A12}]]\ntunnel key 0\nntp authentication-key 1 md5 [[{A12}]]',
  'PGPASSWORD=[[{A12}]] psql -h db\ncat ~/.my.cnf\n[client]\nuser=app\npassword=[[{A12}]]\n~/.netrc: machine api.acme.io login ci password [[{A20}]]\n~/.git-credentials: https://jane:[[ghp_{A36}]]@github.com',
  'Hey, prod admin: jane@acme.io, pw: [[{A12}]]\nthe sftp one is [[{A12}]] (user: upload)\nnew stripe secret [[sk_live_{A24}]] please update vault\npassword reset to [[{A12}]] for jane\nBenutzername: ops, Kennwort: [[{A12}]]\nlogin details - user: ops password: [[{A12}]]',
  '+ ADMIN_PASSWORD: "[[{A14}]]"\n- ADMIN_PASSWORD: "[[{A14}]]"\n@@ secrets.yaml @@\n+  jwt:\n+    signingKey: [[{b43}=]]\n+    refresh_secret: [[{A32}]]',
  "panic: dial tcp: lookup db: user=app password=[[{A14}]] dbname=orders sslmode=disable\nKeyError: 'config' in {'api_token': '[[{A32}]]', 'retries': 3}\nActiveRecord::ConnectionNotEstablished: {:adapter=>\"pg\", :password=>\"[[{A14}]]\"}\nInvalidUri: amqps://svc:[[{A14}]]@mq/",
  'fetch("https://api.acme.io", { headers: { "x-api-key": "[[{A32}]]", "X-Signature": "[[{x64}]]" } })\ncurl -H "PRIVATE-TOKEN: [[glpat-{w20}]]" https://gitlab/x\ncurl -H "X-Redmine-API-Key: [[{x40}]]"\nhttp POST x X-Auth-Token:[[{A32}]]',
];

/**
 * An eighth set, of the configuration of servers, traces of systems, histories of shells, dumps of objects and letters: written
 * after the rules had been mended by the seventh and tried once: 124 of 134 were found.
 */
export const oncallConfigurations: readonly string[] = [
  'global\n    stats socket /run/haproxy.sock\nuserlist ops\n    user jane insecure-password [[{A12}]]\n    user bob password [[$6${A8}${A86}]]\nlisten stats\n    stats auth admin:[[{A12}]]',
  'location /api {\n  proxy_set_header Authorization "Bearer [[{w43}]]";\n  proxy_set_header X-Api-Key [[{A32}]];\n  fastcgi_param DB_PASS [[{A12}]];\n  set $token "[[{A32}]]";\n}',
  'SetEnv STRIPE_KEY [[sk_live_{A24}]]\nRequestHeader set Authorization "Basic [[‹svc:{A14}›]]"\nAuthLDAPBindPassword "[[{A12}]]"\nSSLPassPhraseDialog exec:/x\nDBDParams "host=db user=app pass=[[{A12}]]"',
  'traefik.http.middlewares.auth.basicauth.users=admin:[[$apr1${A8}${A22}]]\nbasic_auth {\n  jane [[$2a$14${b53}]]\n}\ncf: CF_DNS_API_TOKEN=[[{w40}]]',
  'route:\n  receiver: ops\nglobal:\n  slack_api_url: https://hooks.slack.com/services/T{U8}/B{U8}/[[{A24}]]\n  smtp_auth_password: [[{A14}]]\n  opsgenie_api_key: [[{x8}-{x4}-{x4}-{x4}-{x12}]]\n  victorops_api_key: [[{x32}]]',
  'scrape_configs:\n- job_name: x\n  basic_auth:\n    username: prom\n    password: [[{A14}]]\n  authorization:\n    credentials: [[{A40}]]\nremote_write:\n- url: https://u:[[{A40}]]@prom/x\n  headers: { X-Scope-Token: [[{A32}]] }',
  '{"name":"pg","type":"postgres","secureJsonData":{"password":"[[{A14}]]","tlsClientKey":"[[-----BEGIN RSA PRIVATE KEY-----\\n{b64}\\n-----END RSA PRIVATE KEY-----]]"}}\n[security]\nadmin_password = [[{A12}]]\nsecret_key = [[{A20}]]',
  'exporters:\n  otlp:\n    headers:\n      x-honeycomb-team: [[{A22}]]\n      api-key: [[{x40}]]\n      Authorization: "Basic [[‹1234:glc_{b60}›]]"\nOTEL_EXPORTER_OTLP_HEADERS="x-honeycomb-team=[[{A22}]],x-other=1"',
  'output { elasticsearch { user => "logstash" password => "[[{A14}]]" cloud_auth => "elastic:[[{A20}]]" } }\n<match **>\n  @type s3\n  aws_key_id AKIA{U16}\n  aws_sec_key [[{b40}]]\n</match>\n[outputs]\n  token = "[[{b86}==]]"',
  'type=EXECVE msg=audit(1767000000.1:42): argc=4 a0="mysql" a1="-u" a2="app" a3="-p[[{A12}]]"\nsudo: jane : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/mysql -p[[{A12}]] orders\nCRON[812]: (root) CMD (curl -s https://x/?token=[[{A32}]])',
  '[pid 812] write(3, "PASS [[{A12}]]\\r\\n", 20) = 20\nsendto(7, "AUTH [[{A20}]]\\r\\n", 26, 0, NULL, 0)\nexecve("/usr/bin/psql", ["psql", "postgres://app:[[{A14}]]@db/o"], 0x7ffc /* 12 vars */)\nread(4, "Authorization: Bearer [[{w43}]]\\r\\n", 80)',
  '  501  export AWS_SECRET_ACCESS_KEY=[[{b40}]]\n  502  echo "[[{A16}]]" > /etc/ceph/secret\n  503  ssh-keygen -t ed25519 -N \'[[{A12}]]\' -f k\n  504  zip --password [[{A12}]] x.zip y\n  505  gpg --batch --passphrase [[{A12}]] -d x\n  506  mount -t cifs //s/x /m -o username=svc,password=[[{A12}]]',
  'PS C:\\> $env:API_KEY = "[[{A32}]]"\nPS C:\\> $cred = New-Object PSCredential("svc", (ConvertTo-SecureString "[[{A12}]]" -AsPlainText -Force))\nPS C:\\> [Environment]::SetEnvironmentVariable("DB_PASS", "[[{A12}]]", "Machine")\nPS C:\\> setx SMTP_PASS "[[{A12}]]"',
  '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Acme]\n"DbPassword"="[[{A12}]]"\n"ApiKey"="[[{A32}]]"\nreg add HKLM\\X /v DefaultPassword /t REG_SZ /d [[{A12}]] /f\n<AutoLogon><Password><Value>[[{A12}]]</Value><PlainText>true</PlainText></Password></AutoLogon>',
  '&{User:app Password:[[{A12}]] Host:db Port:5432 APIKey:[[{A32}]]}\n{Username:"svc", Passwd:"[[{A12}]]", TLS:true}\nConfig { user: "app", password: "[[{A12}]]", api_key: Some("[[{A32}]]"), retries: 3 }\nCreds(user=app, secret=[[{A24}]], region=eu)',
  '#<Config:0x000 @user="app", @password="[[{A12}]]", @api_key="[[{A32}]]">\nOpenStruct access_token="[[{w43}]]"\n=> {"password"=>"[[{A12}]]", :token=>"[[{A32}]]"}\nArray ( [db_pass] => [[{A12}]] [db_user] => app )',
  'mutation { login(input: {email: "x", password: "[[{A12}]]"}) { token } }\n{"query":"mutation($p:String!){x}","variables":{"p":"x","newPassword":"[[{A12}]]","apiToken":"[[{A32}]]"}}\n{"data":{"login":{"token":"[[{w43}]]","refreshToken":"[[{w43}]]"}}}',
  'credentials {\n  username: "svc"\n  password: "[[{A12}]]"\n  api_key: "[[{A32}]]"\n}\nlevel=error msg="login failed" user=app password="[[{A12}]]" err="x"\nts=1 caller=x.go:3 token=[[{A32}]] msg=refresh',
  'spring.datasource.password=\\\n    [[{A14}]]\nspring.security.oauth2.client.registration.x.client-secret: [[{w40}]]\nquarkus.datasource.password=[[{A14}]]\nmp.jwt.verify.secretkey=[[{A40}]]\nmicronaut.security.token.jwt.signatures.secret.generator.secret: "[[{A40}]]"',
  '~ resource "aws_db_instance" "db" {\n      ~ password = "[[{A14}]]" -> "[[{A14}]]"\n    }\n  + master_password = "[[{A14}]]"\nParameters: [{"ParameterKey":"DbPassword","ParameterValue":"[[{A14}]]"}]\naws cloudformation deploy --parameter-overrides DbPassword=[[{A14}]] Stage=prod',
  'POST /login HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\nusername=jane&password=[[{A12}]]&remember=1\nContent-Disposition: form-data; name="api_key"\n\n[[{A32}]]\n--x\n### .http\nX-Token: [[{A32}]]\n@apiKey = [[{A32}]]',
  '{"auth":{"type":"bearer","bearer":[{"key":"token","value":"[[{w43}]]","type":"string"}]},"basic":[{"key":"password","value":"[[{A12}]]"}]}\n{"name":"Authorization","value":"Bearer [[{w43}]]"}\n{"name":"client_secret","value":"[[{w40}]]"}',
  'signingConfigs { release { storePassword "[[{A12}]]"\n keyPassword "[[{A12}]]" } }\nandroid.injected.signing.store.password=[[{A12}]]\nfastlane: MATCH_PASSWORD=[[{A14}]]\nFASTLANE_APPLE_APPLICATION_SPECIFIC_PASSWORD=[[{a4}-{a4}-{a4}-{a4}]]\nxcrun notarytool --password [[{a4}-{a4}-{a4}-{a4}]]',
  'user,email,password,role\njane,jane@acme.io,[[{A12}]],admin\nbob,bob@acme.io,[[{A12}]],user\n| service | token |\n|---|---|\n| ci | [[{A32}]] |\nname\tapi_key\nci\t[[{A32}]]',
  'Host jump\n  User ops\n  # pw [[{A12}]]\nansible all -e "ansible_become_pass=[[{A12}]]"\n- hosts: db\n  vars:\n    vault_db_pass: [[{A14}]]\n  tasks:\n  - mysql_user: name=app password=[[{A12}]] state=present',
  'jdbc:postgresql://db/o?user=app&password=[[{A12}]]&ssl=true\njdbc:sqlserver://db;user=sa;password=[[{A12}]];encrypt=true\nData Source=db;Initial Catalog=o;User Id=app;Password=[[{A12}]];\nDriver={ODBC};Server=db;UID=app;PWD=[[{A12}]]\nsnowflake://app:[[{A12}]]@acme/db\nsftp://x:[[{A12}]]@h/p',
  'zabbix_agentd: TLSPSKIdentity=x\npsk: [[{x64}]]\nnagios: check_mysql -u mon -p [[{A12}]]\ncheck_http -a mon:[[{A12}]]\ncommand[check_db]=/x -w 1 --password=[[{A12}]]\nmonit: allow admin:[[{A12}]]',
  'bitcoin.conf: rpcuser=x\nrpcpassword=[[{A24}]]\ngeth --unlock 0x{x40} --password p\nPRIVATE_KEY=[[0x{x64}]]\nMNEMONIC="[[legal winner thank year wave sausage worth useful legal winner thank yellow]]"\nsolana: [[{A87}]]',
  'Jan 10 02:41:11 web1 app[812]: config loaded: {:db=>{:password=>"[[{A12}]]"}, :redis=>"redis://:[[{A16}]]@c:6379"}\n<14>1 2026-01-10T02:41:11Z h app - - [meta apiKey="[[{A32}]]"] started\nI0110 02:41:11.1 1 main.go:3] flags: --db-password="[[{A12}]]" --v="2"',
  'Sehr geehrte Frau Doe, Ihr neues Kennwort lautet: [[{A12}]]\nVotre mot de passe provisoire : [[{A12}]]\nSu contraseña temporal es [[{A12}]]\nLa tua nuova password è [[{A12}]]\nSua nova senha: [[{A12}]]\nUw wachtwoord is [[{A12}]]\n您的密码是：[[{A12}]]',
];
