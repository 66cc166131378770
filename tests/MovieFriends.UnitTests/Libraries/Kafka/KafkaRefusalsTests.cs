using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class KafkaRefusalsTests
{
    private const string Reading = "reading topic charges in group moviefriends";

    private static readonly Error s_refusal = new(ErrorCode.GroupAuthorizationFailed);

    private readonly FakeTimeProvider _time = new();
    private readonly KafkaRefusals _refusals;
    private readonly KafkaHealth _health;

    public KafkaRefusalsTests()
    {
        _refusals = new KafkaRefusals(Options.Create(new KafkaOptions { RefusalTimeout = TimeSpan.FromSeconds(10) }), _time, NullLogger<KafkaRefusals>.Instance);
        _health = new KafkaHealth(NullLogger<KafkaHealth>.Instance, _refusals);
    }

    [Fact]
    public async Task A_refusal_is_not_healthy_at_once_and_the_end_when_its_time_is_over()
    {
        _health.Failed(s_refusal, Reading);
        _time.Advance(TimeSpan.FromSeconds(9));
        _health.Failed(s_refusal, Reading);
        _health.ThrowIfRefused();

        Assert.Equal(
            "Kafka refuses (reading topic charges in group moviefriends): Broker: Group authorization failed. docs/security.md has the rights that each service needs.",
            (await CheckAsync()).Description);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Throws<FatalException>(_health.ThrowIfRefused);
        Assert.Throws<FatalException>(() => _health.Failed(s_refusal, Reading));
    }

    [Fact]
    public async Task One_that_is_taken_back_is_forgotten()
    {
        _health.Failed(s_refusal, Reading);
        _time.Advance(TimeSpan.FromSeconds(9));
        _health.Working(Reading);
        _time.Advance(TimeSpan.FromSeconds(9));
        _health.Failed(s_refusal, Reading);
        _time.Advance(TimeSpan.FromSeconds(9));
        _health.ThrowIfRefused();
        _health.Working(Reading);

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public void What_works_beside_it_does_not_prolong_its_time()
    {
        _health.Failed(s_refusal, "sending dead letters to topic charges.dead-letter");
        _time.Advance(TimeSpan.FromSeconds(9));
        _health.Working(Reading);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Throws<FatalException>(_health.ThrowIfRefused);
    }

    [Fact]
    public async Task A_sign_in_that_a_broker_refuses_at_work_is_over_when_one_answers()
    {
        _health.Failed(new Error(ErrorCode.Local_Authentication));
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync()).Status);

        _health.Working();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Theory]
    [InlineData(ErrorCode.RebalanceInProgress, HealthStatus.Healthy)]
    [InlineData(ErrorCode.MsgSizeTooLarge, HealthStatus.Healthy)]
    [InlineData(ErrorCode.LeaderNotAvailable, HealthStatus.Unhealthy)]
    public async Task What_only_takes_time_never_ends_a_service(ErrorCode code, HealthStatus status)
    {
        _health.Failed(new Error(code), Reading);
        _time.Advance(TimeSpan.FromDays(1));
        _health.ThrowIfRefused();

        Assert.Equal(status, (await CheckAsync()).Status);
    }

    private Task<HealthCheckResult> CheckAsync() => _health.CheckHealthAsync(new HealthCheckContext
    {
        Registration = new HealthCheckRegistration("kafka", _health, HealthStatus.Unhealthy, []),
    });
}
