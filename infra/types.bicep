@export()
@description('Texts, each under its name: tags, settings.')
type textByName = {
  *: string
}

@export()
@description('Instances that stay up for a group of functions, and are paid for by the second.')
type alwaysReadyGroup = {
  @description('`http`: every HTTP function; else one function, as in `function:IngestPledge`.')
  @minLength(4)
  name: string

  @description('How many.')
  @minValue(0)
  @maxValue(1000)
  instanceCount: int
}

@export()
@description('The server that takes the mails.')
type mailServer = {
  @description('Name of the SMTP server.')
  @minLength(1)
  host: string

  @description('Its port: 587 and 25 start in the clear and turn to TLS, 465 is TLS from the start.')
  @minValue(1)
  @maxValue(65535)
  port: int

  @description('The address that mails come from.')
  @minLength(3)
  @maxLength(254)
  from: string

  @description('User name; empty when the server asks for none.')
  user: string
}
