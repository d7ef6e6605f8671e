using FundingFlow.Access;
using FundingFlow.Digests;
using FundingFlow.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FundingFlow.Functions.Digests;

internal static class DigestsServices
{
    public static IServiceCollection AddDigests(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DigestOptions>().Bind(configuration.GetSection(DigestOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        // A new block is registered nowhere.
        foreach (var block in typeof(IDigestBlock).Assembly.GetTypes().Where(type => type.IsClass && typeof(IDigestBlock).IsAssignableFrom(type)))
            services.AddSingleton(typeof(IDigestBlock), block);
        return services.AddSingleton<IMailer, SmtpMailer>()
            .AddSingleton(provider => new SigningKey(
                provider.GetRequiredService<IOptions<DigestOptions>>().Value.SigningKey,
                provider.GetRequiredService<IOptions<AccessOptions>>().Value.StaffKey))
            .AddSingleton<LinkTokens>()
            .AddSingleton<PledgeStories>()
            .AddSingleton<OpenGaps>()
            .AddSingleton<DigestReader>()
            .AddSingleton<Digest>()
            .AddSingleton<DigestRecords>()
            .AddSingleton<DigestSchedule>()
            .AddSingleton<DigestSender>()
            .AddSingleton<Unsubscribing>()
            .AddSingleton<UnsubscribeAnswers>();
    }
}
