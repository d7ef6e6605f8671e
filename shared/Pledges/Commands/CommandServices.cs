using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Pledges.Commands;

public static class CommandServices
{
    public static IServiceCollection AddPledgeCommands(this IServiceCollection services) => services
        .AddSingleton<CommandStore>()
        .AddSingleton<CommandRunner>()
        .AddSingleton<PledgeCommands>()
        .AddSingleton<Acknowledge>()
        .AddSingleton<Amendments>()
        .AddSingleton<PledgeClosing>()
        .AddSingleton<ICommandApplication, Confirm>()
        .AddSingleton<ICommandApplication, Withdraw>()
        .AddSingleton<ReceiptBook>()
        .AddSingleton<ICommandApplication, Receipt>()
        .AddSingleton<ICommandApplication, ReverseReceipt>()
        .AddSingleton<ICommandApplication, Amend>()
        .AddSingleton<ICommandApplication, Decline>()
        .AddSingleton<ICommandApplication, Move>()
        .AddSingleton<ICommandApplication, WriteOff>()
        .AddSingleton<ICommandApplication, Expire>();
}
