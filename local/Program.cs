using FundingFlow.Local.Commands;

return await CommandLine.RunAsync(args, Terminal.Standard(), TimeProvider.System);
