using 'main.bicep'

// A sample: copy it for each Forum. Secrets come from the environment of whoever deploys, never from a file.
param name = 'rome-kigali'
param forumName = 'Forum of Cities'
param reportingCurrency = 'EUR'
param timeZone = 'Europe/Rome'

param staffKey = readEnvironmentVariable('FUNDINGFLOW_STAFF_KEY')

param mail = {
  host: 'smtp.example.org'
  port: 587
  from: 'forum@example.org'
  user: 'forum@example.org'
}
param mailPassword = readEnvironmentVariable('FUNDINGFLOW_MAIL_PASSWORD', '')

// One instance that is always there answers people at once. Take it out where seconds of waiting matter less than the bill.
param alwaysReady = [
  {
    name: 'http'
    instanceCount: 1
  }
]
param instanceMemoryMB = 2048
param maximumInstanceCount = 40
